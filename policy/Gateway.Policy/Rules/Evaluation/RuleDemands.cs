using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What several rules demand, as one demand of each kind that meets them all.</summary>
internal static class RuleDemands
{
    public static ApprovalDemand Approval(List<RuleDefinition> rules, Verdict verdict)
    {
        var least = verdict == Verdict.RequireApproval ? 1 : 0;
        return new ApprovalDemand(
            rules.Aggregate(least, (most, rule) => Math.Max(most, rule.Approval.Minimum)),
            rules.Exists(rule => rule.Approval.DistinctApprovers)
        );
    }

    public static BrokerDemand Broker(List<RuleDefinition> rules) =>
        new(
            rules.Exists(rule => rule.Broker.Required),
            rules.Find(rule => rule.Broker.Reference.Length > 0)?.Broker.Reference ?? "",
            CodeList.Normalise(rules.SelectMany(rule => rule.Broker.Scopes))
        );

    public static IReadOnlyList<LimitDemand> Limits(List<RuleDefinition> rules, Func<RuleDefinition, LimitDemand?> limit) =>
        [.. rules.Select(limit).OfType<LimitDemand>().Distinct()];
}
