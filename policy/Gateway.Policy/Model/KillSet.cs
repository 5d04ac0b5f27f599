using System.Collections.Frozen;

namespace Gateway.Policy.Model;

/// <summary>
/// The kills of one tenant, to look up what a request is stopped by without allocating. Immutable, and replaced as a whole. A kill whose
/// scope or target can't be read stops all of the tenant: it was meant to stop something.
/// </summary>
public sealed class KillSet
{
    private readonly Kill? _all;
    private readonly FrozenDictionary<Id<Agent>, Kill> _agents;
    private readonly FrozenDictionary<Id<Connector>, Kill> _connectors;
    private readonly FrozenDictionary<(Id<Connector>, Id<Operation>), Kill> _operations;

    private KillSet(IReadOnlyList<Kill> kills)
    {
        All = kills;
        var agents = new Dictionary<Id<Agent>, Kill>();
        var connectors = new Dictionary<Id<Connector>, Kill>();
        var operations = new Dictionary<(Id<Connector>, Id<Operation>), Kill>();
        foreach (var kill in kills)
        {
            if (kill.Scope == KillScope.Agent && Id<Agent>.TryParse(kill.Target, out var agent))
            {
                agents.TryAdd(agent, kill);
            }
            else if (kill.Scope == KillScope.Connector && Id<Connector>.TryParse(kill.Target, out var connector))
            {
                connectors.TryAdd(connector, kill);
            }
            else if (kill.Scope == KillScope.Operation && Kill.TryParseOperation(kill.Target, out var of, out var operation))
            {
                operations.TryAdd((of, operation), kill);
            }
            else
            {
                _all ??= kill;
            }
        }

        (_agents, _connectors, _operations) = (
            agents.ToFrozenDictionary(),
            connectors.ToFrozenDictionary(),
            operations.ToFrozenDictionary()
        );
        Everything = kills.FirstOrDefault(kill => kill.Scope == KillScope.Everything);
        AtOnce = kills.Any(kill => kill.IsGraceful) ? new KillSet([.. kills.Where(kill => !kill.IsGraceful)]) : this;
    }

    public static KillSet Empty { get; } = new([]);

    /// <summary>Those at once first.</summary>
    public IReadOnlyList<Kill> All { get; }

    /// <summary>The one that stops other tenants too; null for none.</summary>
    public Kill? Everything { get; }

    /// <summary>Those that end what runs.</summary>
    public KillSet AtOnce { get; }

    public static KillSet Of(IEnumerable<Kill> kills)
    {
        Kill[] ordered = [.. kills.OrderBy(kill => kill.IsGraceful).ThenBy(kill => kill.Id, StringComparer.Ordinal)];
        return ordered.Length == 0 ? Empty : new KillSet(ordered);
    }

    /// <summary>What stops all that an agent does; null for nothing.</summary>
    public Kill? Find(Id<Agent> agent) => _all ?? _agents.GetValueOrDefault(agent);

    /// <summary>What stops an action, also for a tool that the provider is to run in it; null for nothing.</summary>
    public Kill? Find(Intent intent)
    {
        if (All.Count == 0)
        {
            return null;
        }

        var found =
            Find(intent.Agent)
            ?? _connectors.GetValueOrDefault(intent.Connector)
            ?? _operations.GetValueOrDefault((intent.Connector, intent.Operation));
        for (var i = 0; found is null && i < intent.HostedTools.Count; i++)
        {
            found = _operations.GetValueOrDefault((intent.Connector, intent.HostedTools[i]));
        }

        return found;
    }
}
