using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>Obligations in words, as records and answers have them.</summary>
public static class DecisionText
{
    /// <summary>What is demanded, such as <c>log_detailed, max_tokens=100</c>; empty for nothing.</summary>
    public static string Of(Obligations obligations)
    {
        ArgumentNullException.ThrowIfNull(obligations);
        return string.Join(", ", Words(obligations));
    }

    private static IEnumerable<string> Words(Obligations obligations)
    {
        (bool Demanded, string Word)[] all =
        [
            (obligations.LogDetailed, "log_detailed"),
            (obligations.DryRun, "dry_run"),
            (obligations.MaxTokens is not null, string.Create(CultureInfo.InvariantCulture, $"max_tokens={obligations.MaxTokens}")),
            (obligations.ReadOnly, "read_only"),
            (obligations.RedactRequest is not null, "redact_request"),
            (obligations.RedactResponse is not null, "redact_response"),
            (obligations.ModelDowngrade.Count > 0, $"model_downgrade={obligations.ModelDowngrade}"),
            (obligations.StripTools is not null, "strip_tools"),
            (obligations.RowLimits.Count > 0, $"row_limit={obligations.RowLimits}"),
            (obligations.Sample is not null, string.Create(CultureInfo.InvariantCulture, $"sample={obligations.Sample}")),
        ];
        return all.Where(obligation => obligation.Demanded).Select(obligation => obligation.Word);
    }
}
