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
                .Select(p => new CompiledPolicy(p, new RuleEngine(p.Rules, conditions.Of, tools, conditions.GuardsOf))),
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

    /// <summary>The names that conditions may look for in the JSON of a call of an operation; null for none.</summary>
    public ReadNames? ArgumentNamesOf(Id<Connector> connector, Id<Operation> operation) => Of(connector, operation)?.ArgumentNames;

    /// <summary>The same among the parameters of its query.</summary>
    public ReadNames? ParameterNamesOf(Id<Connector> connector, Id<Operation> operation) => Of(connector, operation)?.ParameterNames;

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

    private OperationPolicies? Of(Id<Connector> connector, Id<Operation> operation) =>
        All.Count == 0 ? null : _byOperation.GetValueOrDefault((connector, operation));

    private static RuleTool ToolOf(Connector connector, Operation operation) =>
        new(Intent.ToolNameOf(connector.Id, operation.Id), connector.Id.ToString(), Vocabulary.Action.Text(operation.Action));
}

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

    /// <summary>The names that conditions may look for in the arguments; null for none.</summary>
    public ReadNames? ArgumentNames { get; private init; }

    /// <summary>The same among the query's parameters.</summary>
    public ReadNames? ParameterNames { get; private init; }

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
        var asked = new List<CompiledCondition>();
        foreach (var rule in rules)
        {
            readsTarget |= rule.ReadsTargetValue;
            parts = parts.And(conditions.PartsOf(rule.Condition));
            if (conditions.FindOf(rule.Condition) is { } condition)
            {
                asked.Add(condition);
            }
        }

        return this with
        {
            ArgumentNames = ReadNames.Of(asked.SelectMany(condition => condition.FindArgumentNames())),
            ParameterNames = ReadNames.Of(asked.SelectMany(condition => condition.FindParameterNames())),
            Parts = readsTarget ? parts with { Query = true } : parts,
            ReadsTarget = readsTarget,
        };
    }
}
