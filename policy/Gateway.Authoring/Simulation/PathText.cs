using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>A step of a decision's path in words; empty where it isn't there.</summary>
internal static class PathText
{
    public static string Of(PathEntry? found) =>
        found is not { } entry
            ? ""
            : $"{Word(entry.Outcome)}{(entry.Reason == ReasonCode.None ? "" : " " + Reasons.Of(entry.Reason).Code)} {entry.Inputs}";

    public static string Of(IEnumerable<RuleEntry> entries) =>
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
