using System.Globalization;
using Gateway.Authoring.Changes;
using Gateway.Authoring.Comparison;
using Gateway.Authoring.Explaining;
using Gateway.Policy.Model;

namespace Gateway.Cli.Explaining;

/// <summary>Gathers the ways in which the same changed for one agent and operation into one line.</summary>
internal static class AccessRows
{
    public static IReadOnlyList<AccessRow> Of(IEnumerable<AccessChange> changes)
    {
        var rows =
            from change in changes
            let intent = change.Probe.Intent
            let reasons = change.After.Verdict <= change.Before.Verdict ? change.After.Reasons : change.Before.Reasons
            group Way(change) by new
            {
                change.Direction,
                Tenant = intent.Tenant.ToString(),
                Agent = intent.Agent.ToString(),
                Operation = $"{intent.Connector}/{intent.Operation}",
                Before = Text(change.Before),
                After = Text(change.After),
                Reasons = string.Join(' ', reasons.Select(reason => Policy.Model.Reasons.Of(reason).Code)),
            } into same
            select new AccessRow(
                same.Key.Direction,
                same.Key.Tenant,
                same.Key.Agent,
                same.Key.Operation,
                [.. same],
                same.Key.Before,
                same.Key.After,
                same.Key.Reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            );
        return [.. rows];
    }

    private static string Way(AccessChange change)
    {
        var amount = change.Probe.Amount is { } text ? $" amount {text}" : "";
        var hours = change.Hours is { } count ? string.Create(CultureInfo.InvariantCulture, $" in {count} of 168 hours") : "";
        return $"{Vocabulary.Strength.Text(change.Probe.Intent.Strength)} at the "
            + $"{Words.Snake(change.Probe.Intent.Door.ToString())} door{amount}{hours}";
    }

    /// <summary>The verdict with the terms that it is on.</summary>
    private static string Text(Decision decision)
    {
        string[] terms =
        [
            .. ExplanationText.ObligationsOf(decision.Obligations),
            .. decision.Approvals.Select(gate => $"gate {gate.Name}"),
        ];
        return Vocabulary.Verdict.Text(decision.Verdict)
            + (decision.Verdict == Verdict.Block || terms.Length == 0 ? "" : $" ({string.Join(", ", terms)})");
    }
}
