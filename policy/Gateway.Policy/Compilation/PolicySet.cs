using System.Collections.Frozen;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Compilation;

/// <summary>A tenant's policies, and for each operation those that may say anything about it. Immutable.</summary>
public sealed class PolicySet
{
    private readonly FrozenDictionary<(Id<Connector>, Id<Operation>), OperationPolicies> _byOperation;

    /// <summary>What is judged of an operation that nobody declares: every policy is asked, though the controls have blocked it.</summary>
    private readonly OperationPolicies _undeclared;

    private readonly PolicyConditions _conditions;

    private PolicySet(
        CompiledPolicy[] all,
        IEnumerable<(Id<Connector> Connector, Id<Operation> Operation)> operations,
        PolicyConditions conditions
    )
    {
        (All, _conditions) = (all, conditions);
        _undeclared = OperationPolicies.CompileUndeclared(all, conditions);
        _byOperation =
            all.Length == 0
                ? FrozenDictionary<(Id<Connector>, Id<Operation>), OperationPolicies>.Empty
                : operations.ToFrozenDictionary(
                    o => o,
                    o => OperationPolicies.Compile(Intent.ToolNameOf(o.Connector, o.Operation), all, conditions)
                );
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<CompiledPolicy> All { get; }

    internal static PolicySet Compile(IEnumerable<NamedPolicy> policies, IEnumerable<Connector> connectors, PolicyConditions conditions)
    {
        var operations = connectors
            .SelectMany(c => c.Operations.Select(o => (Key: (c.Id, o.Id), Tool: ToolOf(c, o))))
            .DistinctBy(o => o.Key)
            .ToList();
        RuleTool[] tools = [.. operations.Select(o => o.Tool)];
        CompiledPolicy[] all =
        [
            .. policies
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new CompiledPolicy(p, new RuleEngine(p.Rules, conditions.Of, tools))),
        ];
        return new PolicySet(all, operations.Select(o => o.Key), conditions);
    }

    /// <summary>As if one policy didn't have the rules of a name.</summary>
    public PolicySet Without(string policy, string rule) =>
        new(
            [.. All.Select(p => p.Document.Name == policy ? p with { Engine = p.Engine.Without(rule) } : p)],
            _byOperation.Keys,
            _conditions
        );

    internal OperationPolicies Of(Intent intent) =>
        All.Count == 0
            ? OperationPolicies.None
            : _byOperation.GetValueOrDefault((intent.Connector, intent.Operation))
                ?? _undeclared with
                {
                    Tool = Intent.ToolNameOf(intent.Connector, intent.Operation),
                };

    /// <summary>The conditions of the rules that may be about an action's operation, in the order in which they count.</summary>
    public IEnumerable<(string Policy, string Rule, ConditionText Text, CompiledCondition Condition)> ConditionsOf(Intent intent)
    {
        foreach (var policy in All)
        {
            foreach (var rule in policy.Engine.RulesFor(Intent.ToolNameOf(intent.Connector, intent.Operation)))
            {
                if (rule.Condition is { } text && _conditions.Find(text) is { } condition)
                {
                    yield return (policy.Document.Name, rule.Name, text, condition);
                }
            }
        }
    }

    private static RuleTool ToolOf(Connector connector, Operation operation) =>
        new(Intent.ToolNameOf(connector.Id, operation.Id), connector.Id.ToString(), Vocabulary.Action.Text(operation.Action));
}
