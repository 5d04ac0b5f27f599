using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Gating;

/// <summary>
/// Whether high-risk actions get their credentials from a broker: the profile <c>oss-prod</c> demands it of every rule that lets them pass.
/// </summary>
public static class BrokerRequirement
{
    /// <summary>Whether a rule lets high-risk actions pass without the broker.</summary>
    public static bool HasUnbrokeredHighRisk(RulePolicy policy) => policy.Rules.Any(rule => IsHighRisk(rule) && !rule.Broker.Required);

    /// <summary>Whether a rule for high-risk actions asks for the broker, so that one must be set up.</summary>
    public static bool RequiresBroker(RulePolicy policy) => policy.Rules.Any(rule => IsHighRisk(rule) && rule.Broker.Required);

    private static bool IsHighRisk(RuleDefinition rule) =>
        rule.Effect != Verdict.Block
        && (CodeList.Contains(rule.Match.RiskClasses, RiskClasses.High) || CodeList.Contains(rule.Match.RiskClasses, RiskClasses.Critical));
}
