using System.Collections.Frozen;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Evaluation.Conditions;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Compilation;

/// <summary>A tenant's policies, and for each operation those that may say anything about it. Immutable.</summary>
public sealed class PolicySet
{
    private readonly FrozenDictionary<(Id<Connector>, Id<Operation>), OperationPolicies> _byOperation;

    /// <summary>What is judged of an operation that nobody declares: every policy is asked, though the controls have blocked it.</summary>
    private readonly OperationPolicies _all;

    private PolicySet(OperationPolicies all, FrozenDictionary<(Id<Connector>, Id<Operation>), OperationPolicies> byOperation) =>
        (_all, _byOperation) = (all, byOperation);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<CompiledPolicy> All => _all.Policies;

    internal static PolicySet Compile(IEnumerable<NamedPolicy> policies, IEnumerable<Connector> connectors, PolicyConditions conditions)
    {
        var operations = connectors.SelectMany(c => c.Operations.Select(o => (Key: (c.Id, o.Id), Tool: ToolOf(c, o)))).DistinctBy(o => o.Key).ToList();
        RuleTool[] tools = [.. operations.Select(o => o.Tool)];
        CompiledPolicy[] all =
        [
            .. policies.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new CompiledPolicy(p, new RuleEngine(p.Rules, conditions.Of, tools))),
        ];
        return all.Length == 0
            ? new PolicySet(OperationPolicies.None, FrozenDictionary<(Id<Connector>, Id<Operation>), OperationPolicies>.Empty)
            : new PolicySet(
                OperationPolicies.Of("", all, p => p.Document.Rules.Rules, conditions),
                operations.ToFrozenDictionary(o => o.Key, o => OperationPolicies.Of(
                    o.Tool.Name, [.. all.Where(p => !p.Engine.IsSilentOn(o.Tool.Name))], p => p.Engine.RulesFor(o.Tool.Name), conditions)));
    }

    internal OperationPolicies Of(Intent intent) => _all.Policies.Length == 0
        ? OperationPolicies.None
        : _byOperation.GetValueOrDefault((intent.Connector, intent.Operation)) ?? _all with { Tool = PolicyIntent.ToolOf(intent) };

    private static RuleTool ToolOf(Connector connector, Operation operation) =>
        new(PolicyIntent.ToolOf(connector.Id, operation.Id), connector.Id.ToString(), ConditionWords.Of(operation.Action));
}
