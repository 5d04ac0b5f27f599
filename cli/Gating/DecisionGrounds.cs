using Gateway.Policy.Rules.Documents;

namespace Gateway.Cli.Gating;

/// <summary>What a gate's decision rests on, taken from its result.</summary>
internal static class DecisionGrounds
{
    private const string FailClosed = "fail_closed_";

    /// <summary>The rules that counted, in the order in which they count.</summary>
    public static IEnumerable<RuleDefinition> Matched(GateResult answer) =>
        answer.Request.Policy.Policy.Rules.Where(rule => answer.Decision.Outcome.MatchedRules.Contains(rule.Name, StringComparer.Ordinal));

    /// <summary>What the intent lacks, from the codes that say so.</summary>
    public static IEnumerable<string> Missing(GateResult answer) =>
        answer
            .Decision.Violations.Where(violation => violation.StartsWith("missing_", StringComparison.Ordinal))
            .Select(violation => violation["missing_".Length..]);

    public static string ContextStatus(GateResult answer) =>
        answer.Request.Facts.Evidence is not null ? "verified"
        : answer.Request.Policy.Policy.Rules.Any(rule => rule.Context is not null)
        || answer.Request.Policy.Policy.FailClosed.RequiredFields.Contains("context_evidence")
            ? "missing"
        : "not_required";

    /// <summary>Whether a reason code says that something which is needed was missing.</summary>
    public static bool IsFailClosed(string code) =>
        code.StartsWith(FailClosed, StringComparison.Ordinal) || code == "context_evidence_missing";
}
