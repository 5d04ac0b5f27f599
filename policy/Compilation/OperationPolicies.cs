using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>The policies that may say something about one operation, which rules know by its tool's name. Immutable.</summary>
/// <param name="ReadsTarget">Whether a rule looks at the target's value, which has the query in it.</param>
/// <param name="Reads">What they may read of the arguments and the query.</param>
internal sealed record OperationPolicies(string Tool, CompiledPolicy[] Policies, bool ReadsTarget, ActionParts Reads)
{
    public static OperationPolicies None { get; } = new("", [], false, ActionParts.None);

    public static OperationPolicies Of(string tool, CompiledPolicy[] policies, Func<CompiledPolicy, IReadOnlyList<RuleDefinition>> rulesOf, PolicyConditions conditions)
    {
        var rules = policies.SelectMany(rulesOf).ToList();
        var readsTarget = rules.Exists(rule => rule.ReadsTargetValue);
        return new OperationPolicies(
            tool, policies, readsTarget, rules.Aggregate(new ActionParts([], readsTarget), (reads, rule) => reads.And(conditions.ReadsOf(rule.Condition))));
    }
}
