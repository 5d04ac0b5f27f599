using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>One step of a decision's path that comes out otherwise.</summary>
/// <param name="What">Which: <c>control 6</c>, <c>policy house-rules</c>, <c>obligations</c>, <c>approvers</c>.</param>
/// <param name="Before">How it came out by the baseline; empty where it wasn't there.</param>
/// <param name="After">The same by the candidate.</param>
/// <param name="Document">The document that says so, the candidate's where it has one; null where none does.</param>
public sealed record ChangeCause(string What, string Before, string After, string? Document)
{
    public override string ToString() =>
        $"{What}: {(Before.Length == 0 ? "nothing" : Before)} -> {(After.Length == 0 ? "nothing" : After)}"
        + (Document is null ? "" : $" ({Document})");
}

/// <summary>Where two decisions about one action part.</summary>
internal static class ChangeCauses
{
    /// <summary>Every step that comes out otherwise, in the order of the path; what was demanded where no step does.</summary>
    internal static IReadOnlyList<ChangeCause> Causes(Decision before, Decision after)
    {
        List<ChangeCause> causes = [.. Controls(before, after), .. Policies(before, after)];
        return causes.Count > 0 ? causes : [Terms(before, after)];
    }

    private static IEnumerable<ChangeCause> Controls(Decision before, Decision after)
    {
        var (old, now) = (before.Path.ToDictionary(entry => entry.Control), after.Path.ToDictionary(entry => entry.Control));
        foreach (var control in old.Keys.Union(now.Keys).Order())
        {
            var (was, becomes) = (Find(old, control), Find(now, control));
            if ((was?.Outcome, was?.Reason, was?.Inputs) != (becomes?.Outcome, becomes?.Reason, becomes?.Inputs))
            {
                yield return new ChangeCause(
                    $"control {(int)control}",
                    Text(was),
                    Text(becomes),
                    (becomes?.Source ?? was?.Source)?.ToString()
                );
            }
        }
    }

    /// <summary>A policy may stand there once for each part of the action.</summary>
    private static IEnumerable<ChangeCause> Policies(Decision before, Decision after)
    {
        var (old, now) = (
            before.Rules.ToLookup(rule => rule.Policy, StringComparer.Ordinal),
            after.Rules.ToLookup(rule => rule.Policy, StringComparer.Ordinal)
        );
        foreach (var policy in old.Select(entry => entry.Key).Union(now.Select(entry => entry.Key)).Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (Text(old[policy]), Text(now[policy]));
            if (was != becomes)
            {
                yield return new ChangeCause(
                    $"policy {policy}",
                    was,
                    becomes,
                    (now[policy].FirstOrDefault() ?? old[policy].First()).Source.ToString()
                );
            }
        }
    }

    private static ChangeCause Terms(Decision before, Decision after)
    {
        var (was, becomes) = (Gates(before), Gates(after));
        return was != becomes
            ? new ChangeCause(
                "approvers",
                was,
                becomes,
                (after.Approvals.Count > 0 ? after.Approvals[0] : before.Approvals[0]).Source.ToString()
            )
            : new ChangeCause(
                "obligations",
                DecisionText.Of(before.Obligations),
                DecisionText.Of(after.Obligations),
                Find(after.Path.ToDictionary(entry => entry.Control), Control.ToolPermission)?.Source?.ToString()
            );
    }

    private static string Gates(Decision decision) => string.Join(", ", decision.Approvals.Select(gate => gate.Name));

    private static PathEntry? Find(Dictionary<Control, PathEntry> path, Control control) =>
        path.TryGetValue(control, out var entry) ? entry : null;

    private static string Text(PathEntry? found) =>
        found is not { } entry
            ? ""
            : $"{Word(entry.Outcome)}{(entry.Reason == ReasonCode.None ? "" : " " + Reasons.Of(entry.Reason).Code)} {entry.Inputs}";

    private static string Text(IEnumerable<RuleEntry> entries) =>
        string.Join(
            "; ",
            entries
                .Where(entry => entry.Rules.Count > 0 || entry.Verdict != Verdict.Allow)
                .Select(entry => $"{Vocabulary.Verdict.Text(entry.Verdict)} {string.Join(", ", entry.Rules)}".TrimEnd())
        );

    private static string Word(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Fail => "fail",
            CheckOutcome.Pass => "pass",
            CheckOutcome.NotApplicable => "not applicable",
        };
}
