using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// A single finding as an outcome, which is nearly always the case, with nothing to merge. A rule that says what it always says has one
/// outcome for all.
/// </summary>
internal static class SingleFinding
{
    public static RuleOutcome OutcomeOf(RuleFinding finding) =>
        finding is { IsAsWritten: true, Rule: { } rule } ? rule.CachedOutcome ??= Outcome(finding) : Outcome(finding);

    private static RuleOutcome Outcome(RuleFinding finding)
    {
        var rule = finding.Rule?.Rule;
        var least = finding.Verdict == Verdict.RequireApproval ? 1 : 0;
        return new RuleOutcome
        {
            Verdict = finding.Verdict,
            ReasonCodes = finding.Reasons,
            Violations = finding.Violations,
            MatchedRules = rule is null ? [] : [rule.Name],
            Approval =
                rule is { Approval: var approval } && approval.Minimum >= least
                    ? approval
                    : new ApprovalDemand(least, rule?.Approval.DistinctApprovers ?? false),
            Broker = rule?.Broker ?? NoBroker,
            RequireDelegation = rule?.Match.Delegation is { Required: true },
            RateLimits = rule?.RateLimit is { } limit ? [limit] : [],
            DestructiveBudgets = rule?.DestructiveBudget is { } budget ? [budget] : [],
            DataflowTriggered = finding.Dataflow,
            Freeze = finding.Freeze,
            Sandbox = finding.Sandbox,
            Obligations = finding.Obligations,
        };
    }

    private static BrokerDemand NoBroker { get; } = new();
}
