using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>Obligations as a difference shows them: every term, so that two that aren't equal never look alike.</summary>
internal static class CaseObligations
{
    public static string Text(Obligations obligations)
    {
        (bool Is, string Text)[] all =
        [
            (obligations.LogDetailed, "log_detailed"),
            (obligations.DryRun, "dry_run"),
            (obligations.ReadOnly, "read_only"),
            (obligations.RedactRequest is not null, $"redact_request({Text(obligations.RedactRequest)})"),
            (obligations.RedactResponse is not null, $"redact_response({Text(obligations.RedactResponse)})"),
            (obligations.ModelDowngrade.Count > 0, $"model_downgrade({obligations.ModelDowngrade})"),
            (obligations.MaxTokens is not null, string.Create(CultureInfo.InvariantCulture, $"max_tokens({obligations.MaxTokens})")),
            (
                obligations.StripTools is not null,
                $"strip_tools({(obligations.StripTools is { All: true } ? "all" : obligations.StripTools?.Names)})"
            ),
            (obligations.RowLimits.Count > 0, $"row_limit({obligations.RowLimits})"),
            (
                obligations.Sample is not null,
                string.Create(CultureInfo.InvariantCulture, $"sample({obligations.Sample}/{Obligations.WholeSample})")
            ),
        ];
        var texts = all.Where(one => one.Is).Select(one => one.Text).ToList();
        return texts.Count == 0 ? "none" : string.Join(", ", texts);
    }

    private static string Text(RedactionTerms? terms) =>
        terms is null
            ? ""
            : string.Join(
                ' ',
                Vocabulary
                    .Redaction.Values.Where(pattern => terms.Patterns.HasFlag(pattern))
                    .Select(Vocabulary.Redaction.Text)
                    .Concat(terms.Fields.Select(field => field.Text))
            );
}
