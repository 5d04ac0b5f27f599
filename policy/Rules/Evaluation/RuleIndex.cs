using System.Collections.Frozen;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>The rules that an intent may match by its tool, in the order in which they count. Immutable.</summary>
internal sealed class RuleIndex
{
    private readonly FrozenDictionary<string, CompiledRule[]> _byTool;
    private readonly CompiledRule[] _ofAnyTool;

    public RuleIndex(IReadOnlyList<CompiledRule> rules)
    {
        _ofAnyTool = [.. rules.Where(rule => rule.Rule.Match.ToolNames.Count == 0)];
        var byTool = new Dictionary<string, List<CompiledRule>>(StringComparer.Ordinal);
        foreach (var tool in rules.SelectMany(rule => rule.Rule.Match.ToolNames).Distinct(StringComparer.Ordinal))
        {
            byTool[tool] = [];
        }

        foreach (var rule in rules)
        {
            IEnumerable<string> tools = rule.Rule.Match.ToolNames.Count == 0 ? byTool.Keys : rule.Rule.Match.ToolNames;
            foreach (var tool in tools)
            {
                byTool[tool].Add(rule);
            }
        }

        _byTool = byTool.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    public ReadOnlySpan<CompiledRule> For(string toolName) => _byTool.GetValueOrDefault(toolName, _ofAnyTool);
}
