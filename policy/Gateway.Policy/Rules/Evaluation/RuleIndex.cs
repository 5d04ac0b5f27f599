using System.Collections.Frozen;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>The rules that an intent may match by its tool. Immutable.</summary>
internal sealed class RuleIndex
{
    private readonly FrozenDictionary<string, ToolRules> _byTool;
    private readonly ToolRules _ofOtherTools;

    /// <param name="rules">In the order in which they count.</param>
    /// <param name="guards">Those of a rule; none for one that must be asked.</param>
    public RuleIndex(IReadOnlyList<CompiledRule> rules, IReadOnlyList<RuleTool> tools, Func<CompiledRule, IReadOnlyList<RuleGuard>> guards)
    {
        var found = new Dictionary<CompiledRule, IReadOnlyList<RuleGuard>>();
        CompiledRule[] ofAnyTool = [.. rules.Where(rule => rule.Rule.Match.ToolNames.Count == 0)];
        var shared = new Dictionary<CompiledRule[], RuleList>(new SameRules());
        var named = new Dictionary<string, List<CompiledRule>>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            foreach (var name in rule.Rule.Match.ToolNames)
            {
                (named.TryGetValue(name, out var list) ? list : named[name] = []).Add(rule);
            }
        }

        // A tool that is known narrows what can match it; what isn't known keeps every rule that might.
        var known = tools.DistinctBy(tool => tool.Name, StringComparer.Ordinal).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        _ofOtherTools = new ToolRules(Shared(ofAnyTool), RuleList.Empty);
        _byTool = named.Keys.Union(known.Keys).ToFrozenDictionary(name => name, Of, StringComparer.Ordinal);

        ToolRules Of(string name)
        {
            var own = named.GetValueOrDefault(name, []);
            return known.TryGetValue(name, out var tool)
                ? new ToolRules(Shared([.. ofAnyTool.Where(tool.MayMatch)]), Own([.. own.Where(tool.MayMatch)]))
                : new ToolRules(_ofOtherTools.OfAny, Own([.. own]));
        }

        RuleList Own(CompiledRule[] list) => list.Length == 0 ? RuleList.Empty : new RuleList(list, Guards);

        // Once a rule, however many tools have it.
        IReadOnlyList<RuleGuard> Guards(CompiledRule rule) => found.TryGetValue(rule, out var known) ? known : found[rule] = guards(rule);

        RuleList Shared(CompiledRule[] list) => shared.TryGetValue(list, out var known) ? known : shared[list] = Own(list);
    }

    public ToolRules For(string toolName) => _byTool.GetValueOrDefault(toolName, _ofOtherTools);

    /// <summary>Most tools have the same rules of any tool: one list for all of them.</summary>
    private sealed class SameRules : IEqualityComparer<CompiledRule[]>
    {
        public bool Equals(CompiledRule[]? x, CompiledRule[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(CompiledRule[] obj) => obj.Length;
    }
}

/// <summary>The rules of one tool: those that name none, which other tools have too, and those that name it.</summary>
internal sealed record ToolRules(RuleList OfAny, RuleList Own)
{
    public bool IsEmpty => OfAny.All.Length == 0 && Own.All.Length == 0;

    /// <summary>In the order in which they count.</summary>
    public IEnumerable<RuleDefinition> InOrder()
    {
        var (any, own) = (0, 0);
        while (any < OfAny.All.Length || own < Own.All.Length)
        {
            var fromAny = own == Own.All.Length || (any < OfAny.All.Length && OfAny.All[any].Order < Own.All[own].Order);
            yield return (fromAny ? OfAny.All[any++] : Own.All[own++]).Rule;
        }
    }
}

/// <summary>A tool that a gateway knows: an operation of a connector.</summary>
/// <param name="Name">What rules call it: <c>connector/operation</c>.</param>
/// <param name="Action">The word of its action type.</param>
public sealed record RuleTool(string Name, string Connector, string Action)
{
    internal bool MayMatch(CompiledRule rule) => MayMatch(rule.Rule.Match);

    private bool MayMatch(RuleMatch match) =>
        (match.Connectors.Count == 0 || CodeList.Contains(match.Connectors, Connector))
        && (match.Actions.Count == 0 || CodeList.Contains(match.Actions, Action));
}
