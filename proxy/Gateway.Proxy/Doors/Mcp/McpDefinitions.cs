using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// What servers list, and which of it is approved: what its pin says, or where nothing has to be pinned what was seen first. Thread-safe.
/// </summary>
internal sealed class McpDefinitions(TimeProvider time)
{
    /// <value>First definitions that are remembered at most; what comes behind them isn't approved without a pin.</value>
    private const int MostFirst = 100_000;

    private readonly ConcurrentDictionary<(DefinitionSource, string Name), Sha256Digest> _first = new();
    private readonly ConditionalWeakTable<Definition, CheckedDefinition> _checked = [];

    public KnownDefinitions Known { get; } = new(time);

    /// <summary>A page passes: what it shows first is remembered, and what differs from what is known ends that.</summary>
    /// <param name="isFirstApproved">Whether what is seen first of a name is approved by that: it is declared and needs no pin.</param>
    public void See(in DefinitionSource source, ListPage page, Func<string, bool> isFirstApproved)
    {
        Known.Compare(source, page);
        foreach (var definition in page.Definitions)
        {
            if (
                definition.Finding == DefinitionFinding.Sound
                && !_first.ContainsKey((source, definition.Name))
                && isFirstApproved(definition.Name)
                && _first.Count < MostFirst
            )
            {
                _first.TryAdd((source, definition.Name), definition.Digest);
            }
        }
    }

    /// <summary>Whether a definition may be shown and called as this operation.</summary>
    public bool IsApproved(in DefinitionSource source, Definition definition, Operation operation, bool needsPin) =>
        definition.Finding == DefinitionFinding.Sound
        && operation.Mcp is { } target
        && (
            target.Pin is { } pin
                ? definition.Digest == pin
                : !needsPin && _first.TryGetValue((source, definition.Name), out var first) && first == definition.Digest
        );

    /// <summary>The definition with what calls are held against, made once.</summary>
    public CheckedDefinition Check(Definition definition) => _checked.GetValue(definition, static one => new CheckedDefinition(one));
}
