using System.Globalization;
using Gateway.Authoring.Changes;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>What a decision demands and what it read, in words.</summary>
public static class ExplanationText
{
    private static readonly Reads[] Single = [.. Enum.GetValues<Reads>().Where(r => int.PopCount((int)r) == 1)];

    /// <summary>Obligations by their names, with their numbers.</summary>
    public static IEnumerable<string> ObligationsOf(Obligations obligations)
    {
        ArgumentNullException.ThrowIfNull(obligations);
        (bool Is, string Text)[] all =
        [
            (obligations.LogDetailed, "log_detailed"),
            (obligations.DryRun, "dry_run"),
            (obligations.ReadOnly, "read_only"),
            (obligations.RedactRequest is not null, "redact_request"),
            (obligations.RedactResponse is not null, "redact_response"),
            (obligations.ModelDowngrade.Count > 0, "model_downgrade"),
            (obligations.MaxTokens is not null, string.Create(CultureInfo.InvariantCulture, $"max_tokens={obligations.MaxTokens}")),
            (obligations.StripTools is not null, "strip_tools"),
            (obligations.RowLimits.Count > 0, "row_limit"),
            (
                obligations.Sample is not null,
                string.Create(CultureInfo.InvariantCulture, $"sample={obligations.Sample}/{Obligations.WholeSample}")
            ),
        ];
        return all.Where(o => o.Is).Select(o => o.Text);
    }

    /// <summary>One word for each attribute, in a fixed order.</summary>
    public static IEnumerable<string> ReadsOf(Reads reads) =>
        Single.Where(one => (reads & one) != 0).Select(one => Words.Snake(one.ToString()));
}
