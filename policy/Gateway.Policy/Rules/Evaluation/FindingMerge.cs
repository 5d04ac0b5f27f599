using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Several findings as one outcome: the strictest verdict, with the reasons and the demands of the findings that came to it.
/// </summary>
internal static class FindingMerge
{
    /// <param name="allDemands">Whether the demands of laxer findings count too, so that a rule more never means a demand less.</param>
    public static RuleOutcome Merge(List<RuleFinding> findings, bool allDemands)
    {
        if (findings.Count == 0)
        {
            return RuleOutcome.Silent;
        }

        // A permission that can't be told doesn't count, even alone.
        if (findings.Count == 1 && findings[0] is not { Fit: RuleFit.Uncertain, Verdict: Verdict.Allow })
        {
            return Only(findings[0]);
        }

        return All(findings, allDemands);
    }

    private static RuleOutcome All(List<RuleFinding> findings, bool allDemands)
    {
        var verdict = findings.Min(finding => finding.Verdict);
        var deciding = findings.FindAll(finding =>
            finding.Verdict == verdict && (finding.Fit == RuleFit.Certain || verdict != Verdict.Allow)
        );
        var demanding = allDemands ? findings : findings.FindAll(finding => finding.Verdict == verdict);
        var rules = demanding.FindAll(finding => finding.Rule is not null).ConvertAll(finding => finding.Rule!.Rule);
        return new RuleOutcome
        {
            Verdict = verdict,
            ReasonCodes = Union(deciding, finding => finding.Reasons),
            Violations = Union(deciding, finding => finding.Violations),
            MatchedRules = Names(findings, verdict),
            Approval = Approval(rules, verdict),
            Broker = Broker(rules),
            RequireDelegation = rules.Exists(rule => rule.Match.Delegation is { Required: true }),
            RateLimits = Limits(rules, rule => rule.RateLimit),
            DestructiveBudgets = Limits(rules, rule => rule.DestructiveBudget),
            DataflowTriggered = deciding.Exists(finding => finding.Dataflow),
            Freeze = Worst(findings, finding => finding.Freeze),
            Sandbox = Worst(findings, finding => finding.Sandbox),
            // Of laxer findings too: a rule more never means an obligation less.
            Obligations = findings.Aggregate(Obligations.None, (all, finding) => all.Merge(finding.Obligations)),
        };
    }

    /// <summary>
    /// The same for a single finding, which is nearly always the case, with nothing to merge. A rule that says what it always says has one
    /// outcome for all.
    /// </summary>
    private static RuleOutcome Only(RuleFinding finding) =>
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

    private static IReadOnlyList<string> Names(List<RuleFinding> findings, Verdict verdict) =>
        CodeList.Normalise(
            findings
                .Where(finding =>
                    finding.Rule is not null && (finding.Fit == RuleFit.Certain || (finding.Verdict == verdict && verdict != Verdict.Allow))
                )
                .Select(finding => finding.Rule!.Rule.Name)
        );

    private static IReadOnlyList<string> Union(List<RuleFinding> findings, Func<RuleFinding, IReadOnlyList<string>> list) =>
        findings.Count == 1 ? list(findings[0]) : findings.Select(list).Aggregate((IReadOnlyList<string>)[], CodeList.Merge);

    private static ApprovalDemand Approval(List<RuleDefinition> rules, Verdict verdict)
    {
        var least = verdict == Verdict.RequireApproval ? 1 : 0;
        return new ApprovalDemand(
            rules.Aggregate(least, (most, rule) => Math.Max(most, rule.Approval.Minimum)),
            rules.Exists(rule => rule.Approval.DistinctApprovers)
        );
    }

    private static BrokerDemand Broker(List<RuleDefinition> rules) =>
        new(
            rules.Exists(rule => rule.Broker.Required),
            rules.Find(rule => rule.Broker.Reference.Length > 0)?.Broker.Reference ?? "",
            CodeList.Normalise(rules.SelectMany(rule => rule.Broker.Scopes))
        );

    private static IReadOnlyList<LimitDemand> Limits(List<RuleDefinition> rules, Func<RuleDefinition, LimitDemand?> limit) =>
        [.. rules.Select(limit).OfType<LimitDemand>().Distinct()];

    private static CheckStatus? Worst(List<RuleFinding> findings, Func<RuleFinding, CheckStatus?> status) => findings.Min(status);
}
