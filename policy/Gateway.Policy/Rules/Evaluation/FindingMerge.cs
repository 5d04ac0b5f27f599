using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Several findings as one outcome: the strictest verdict, with the reasons and the demands of the findings that came to it.
/// </summary>
internal static class FindingMerge
{
    /// <param name="allDemands">Whether the demands of laxer findings count too, so that a rule more never means a demand less.</param>
    public static RuleOutcome Merge(List<RuleFinding> findings, bool allDemands) =>
        findings switch
        {
            [] => RuleOutcome.Silent,
            // A permission that can't be told doesn't count, even alone.
            [var only] when only is not { Fit: RuleFit.Uncertain, Verdict: Verdict.Allow } => SingleFinding.OutcomeOf(only),
            _ => All(findings, allDemands),
        };

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
            Approval = RuleDemands.Approval(rules, verdict),
            Broker = RuleDemands.Broker(rules),
            RequireDelegation = rules.Exists(rule => rule.Match.Delegation is { Required: true }),
            RateLimits = RuleDemands.Limits(rules, rule => rule.RateLimit),
            DestructiveBudgets = RuleDemands.Limits(rules, rule => rule.DestructiveBudget),
            DataflowTriggered = deciding.Exists(finding => finding.Dataflow),
            Freeze = findings.Min(finding => finding.Freeze),
            Sandbox = findings.Min(finding => finding.Sandbox),
            // Of laxer findings too: a rule more never means an obligation less.
            Obligations = findings.Aggregate(Obligations.None, (all, finding) => all.Merge(finding.Obligations)),
        };
    }

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
}
