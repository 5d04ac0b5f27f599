using System.Collections.Concurrent;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// What servers have listed lately, by tenant and connector, and what each name meant when it was first seen. In memory: another replica or
/// a start asks the server again. Thread-safe.
/// </summary>
internal sealed class KnownDefinitions(TimeProvider time)
{
    /// <value>Definitions of one connector at most: more is no list that a person could approve.</value>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(Id<Tenant>, Id<Connector>), Shelf> _shelves = new();

    /// <summary>A page was listed: its definitions are known from now on.</summary>
    public void Learn(Id<Tenant> tenant, Id<Connector> connector, ListKind kind, ListPage page)
    {
        var shelf = _shelves.GetOrAdd((tenant, connector), _ => new Shelf());
        var now = time.GetTimestamp();
        foreach (var definition in page.Definitions)
        {
            if (shelf.Known.Count < Most || shelf.Known.ContainsKey((kind, definition.Name)))
            {
                shelf.Known[(kind, definition.Name)] = new KnownDefinition(definition, now);
                if (definition.Finding == DefinitionFinding.Sound)
                {
                    shelf.First.TryAdd((kind, definition.Name), definition.Digest);
                }
            }
        }
    }

    /// <summary>The server said that its lists changed: what is known of them counts no more.</summary>
    public void Forget(Id<Tenant> tenant, Id<Connector> connector)
    {
        if (_shelves.TryGetValue((tenant, connector), out var shelf))
        {
            shelf.Known.Clear();
        }
    }

    /// <summary>Null where none is known that is young enough.</summary>
    public KnownDefinition? Find(Id<Tenant> tenant, Id<Connector> connector, ListKind kind, string name, TimeSpan age) =>
        _shelves.TryGetValue((tenant, connector), out var shelf)
        && shelf.Known.TryGetValue((kind, name), out var known)
        && time.GetElapsedTime(known.Listed) < age
            ? known
            : null;

    /// <summary>
    /// Whether a definition is the one that was approved: its pin's, or where nothing has to be pinned the first that was seen.
    /// </summary>
    public bool IsApproved(Id<Tenant> tenant, Id<Connector> connector, ListKind kind, Definition definition, Operation operation, bool needsPin)
    {
        if (definition.Finding != DefinitionFinding.Sound || operation.Mcp is not { } target)
        {
            return false;
        }

        return target.Pin is { } pin ? definition.Digest == pin
            : !needsPin
                && _shelves.TryGetValue((tenant, connector), out var shelf)
                && shelf.First.TryGetValue((kind, definition.Name), out var first)
                && first == definition.Digest;
    }

    private sealed class Shelf
    {
        public ConcurrentDictionary<(ListKind Kind, string Name), KnownDefinition> Known { get; } = new();

        public ConcurrentDictionary<(ListKind Kind, string Name), Sha256Digest> First { get; } = new();
    }
}

/// <summary>A definition that a server has listed, with what calls of it are held against, made once.</summary>
internal sealed class KnownDefinition(Definition definition, long listed)
{
    public Definition Definition => definition;

    /// <summary>A timestamp.</summary>
    public long Listed => listed;

    /// <summary>The arguments that a call repeats in headers.</summary>
    public McpParamHeader[] Mirrored { get; } = [.. definition.Headers.Select(MirrorOf)];

    private static McpParamHeader MirrorOf(HeaderParameter parameter) =>
        new(
            parameter.Name,
            string.Concat(parameter.Path.Select(step => $"/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}")),
            parameter.Type switch
            {
                HeaderParameterType.String => McpParamType.Text,
                HeaderParameterType.Integer => McpParamType.Integer,
                HeaderParameterType.Boolean => McpParamType.Boolean,
                HeaderParameterType.Unspecified => McpParamType.None,
            }
        );
}
