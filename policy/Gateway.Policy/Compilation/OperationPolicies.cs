using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Compilation;

/// <summary>A <c>Policy</c> document, ready to judge. Immutable.</summary>
public sealed record CompiledPolicy(NamedPolicy Document, RuleEngine Engine)
{
    /// <summary>The step of a path where no rule said anything.</summary>
    internal RuleEntry Silent { get; } = new(Document.Name, Verdict.Allow, [], [], [], Document.Source);
}

/// <summary>The policies that may say something about one operation, which rules know by its tool's name. Immutable.</summary>
/// <param name="Silent">What a path shows of each where none says anything.</param>
/// <param name="Reads">What any rule that may match it can read.</param>
internal sealed record OperationPolicies(string Tool, CompiledPolicy[] Policies, RuleEntry[] Silent, Reads Reads)
{
    public static OperationPolicies None { get; } = new("", [], [], Reads.None);

    /// <summary>The same of the arguments and the query, place by place.</summary>
    public ActionParts Parts { get; private init; } = ActionParts.None;

    /// <summary>Whether a rule looks at the target's value, which has the query in it.</summary>
    public bool ReadsTarget { get; private init; }

    public static OperationPolicies Compile(string tool, CompiledPolicy[] all, PolicyConditions conditions)
    {
        CompiledPolicy[] asked = [.. all.Where(p => !p.Engine.IsSilentOn(tool))];
        RuleEntry[] silent = [.. asked.Select(policy => policy.Silent)];
        return new OperationPolicies(
            tool,
            asked,
            silent,
            asked.Aggregate(Reads.None, (reads, policy) => reads | RuleReads.Of(policy, tool, conditions))
        ).Reading(asked.SelectMany(policy => policy.Engine.RulesFor(tool)), conditions);
    }

    /// <summary>Of an operation that nobody declares: every rule of every policy may match it.</summary>
    public static OperationPolicies CompileUndeclared(CompiledPolicy[] all, PolicyConditions conditions) =>
        new OperationPolicies("", all, [.. all.Select(policy => policy.Silent)], Reads.OfOneAction).Reading(
            all.SelectMany(policy => policy.Document.Rules.Rules),
            conditions
        );

    private OperationPolicies Reading(IEnumerable<RuleDefinition> rules, PolicyConditions conditions)
    {
        var (parts, readsTarget) = (ActionParts.None, false);
        foreach (var rule in rules)
        {
            readsTarget |= rule.ReadsTargetValue;
            parts = parts.And(conditions.PartsOf(rule.Condition));
        }

        return this with
        {
            Parts = readsTarget ? parts with { Query = true } : parts,
            ReadsTarget = readsTarget,
        };
    }
}
