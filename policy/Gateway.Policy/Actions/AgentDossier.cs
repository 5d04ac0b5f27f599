using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Actions;

/// <summary>An agent and everything on record about it, found in one look-up. Immutable.</summary>
public sealed record AgentDossier
{
    private ActionCaches? _caches;

    public required Agent Agent { get; init; }

    /// <summary>Those that hold for it: its own, its tenant's or the built-in ones.</summary>
    public required AgentLimits Limits { get; init; }

    /// <summary>What it is judged by: the stricter of its tenant's and its workspace's.</summary>
    public required Profile Profile { get; init; }

    public required LevelBacking Backing { get; init; }

    /// <summary>One entry for each operation granted; a grant of everything is spelt out at load.</summary>
    public required FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission> Permissions { get; init; }

    public required IReadOnlyList<DataFlow> DataFlows { get; init; }
    public required IReadOnlyList<Playbook> Playbooks { get; init; }
    public required IReadOnlyList<RedTeamTest> RedTeamTests { get; init; }

    /// <summary>Open ones only, risks and findings.</summary>
    public required IReadOnlyList<Finding> OpenFindings { get; init; }

    /// <summary>
    /// What the last decision about this operation made; null for one that isn't granted, so that nobody can fill the cache.
    /// </summary>
    internal ActionCache? CacheOf(Id<Connector> connector, Id<Operation> operation)
    {
        if (_caches is not { } caches || !ReferenceEquals(caches.Owner, this))
        {
            _caches = caches = new ActionCaches(this); // A changed copy of another dossier has nothing in common with its past.
        }

        return caches.Of(connector, operation);
    }
}

/// <summary>
/// What the last decision about one operation of one agent made, for the next one that comes to the same: most of what a decision would
/// otherwise allocate. Each value is immutable and is compared before it is used, so that it never changes a decision. Any thread may
/// replace one.
/// </summary>
public sealed class ActionCache
{
    public DecisionPath? Path { get; set; }

    public CachedIntent? Intent { get; set; }
}

/// <summary>An action as rules saw it, and the documents that it was made from.</summary>
public sealed record CachedIntent(RuleIntent Intent, Connector? Connector, Operation? Operation);

/// <summary>One agent's caches, one an operation that is granted to it. Thread-safe.</summary>
internal sealed class ActionCaches(AgentDossier owner)
{
    private readonly ConcurrentDictionary<(Id<Connector>, Id<Operation>), ActionCache> _byOperation = [];

    /// <summary>Whose they are, and nobody else's.</summary>
    public AgentDossier Owner => owner;

    /// <summary>Null for an operation that isn't granted, so that nobody can fill the cache.</summary>
    public ActionCache? Of(Id<Connector> connector, Id<Operation> operation) =>
        _byOperation.TryGetValue((connector, operation), out var cache) ? cache
        : owner.Permissions.ContainsKey((connector, operation)) ? _byOperation.GetOrAdd((connector, operation), _ => new ActionCache())
        : null;
}
