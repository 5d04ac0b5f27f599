using System.Collections.Frozen;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>The rules that an intent may match by its tool, in the order in which they count. Immutable.</summary>
internal sealed class RuleIndex
{
    private readonly FrozenDictionary<string, CompiledRule[]> _byTool;
    private readonly CompiledRule[] _ofAnyTool;

    public RuleIndex(IReadOnlyList<CompiledRule> rules, IReadOnlyList<RuleTool> tools)
    {
        _ofAnyTool = [.. rules.Where(rule => rule.Rule.Match.ToolNames.Count == 0)];
        var byTool = new Dictionary<string, List<CompiledRule>>(StringComparer.Ordinal);
        foreach (var tool in rules.SelectMany(rule => rule.Rule.Match.ToolNames).Distinct(StringComparer.Ordinal))
        {
            byTool[tool] = [];
        }

        foreach (var rule in rules)
        {
            IEnumerable<string> names = rule.Rule.Match.ToolNames.Count == 0 ? byTool.Keys : rule.Rule.Match.ToolNames;
            foreach (var name in names)
            {
                byTool[name].Add(rule);
            }
        }

        // A tool that is known narrows what can match it further; what isn't known keeps every rule that might.
        foreach (var tool in tools)
        {
            var candidates = byTool.TryGetValue(tool.Name, out var named) ? named : (IReadOnlyList<CompiledRule>)_ofAnyTool;
            byTool[tool.Name] = [.. candidates.Where(tool.MayMatch)];
        }

        _byTool = byTool.ToFrozenDictionary(pair => pair.Key, pair => Share(pair.Value), StringComparer.Ordinal);
    }

    public ReadOnlySpan<CompiledRule> For(string toolName) => _byTool.GetValueOrDefault(toolName, _ofAnyTool);

    /// <summary>Most tools have only the rules of any tool: one array for all of them.</summary>
    private CompiledRule[] Share(List<CompiledRule> rules) => rules.SequenceEqual(_ofAnyTool) ? _ofAnyTool : [.. rules];
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
