using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Admission;

/// <summary>
/// What is stopped, as this replica knows it: by the durable store, as far as its changes are applied, and by the documents in force. In
/// memory, so that no request waits for it. A tenant of whose kills nothing was read yet is refused. Thread-safe.
/// </summary>
public sealed class KillSwitch(KillStore store, GovernanceState governance, TimeProvider time)
{
    private readonly ConcurrentDictionary<Id<Tenant>, KillSet> _stored = new();
    private volatile Kill? _everything;
    private bool _hasLooked;

    /// <summary>Whether the tenant's kills were read.</summary>
    public bool Knows(Id<Tenant> tenant) => _stored.ContainsKey(tenant);

    /// <summary>What all requests of an agent are refused by; null for nothing.</summary>
    public Refusal? Check(Id<Tenant> tenant, Id<Agent> agent) =>
        _stored.TryGetValue(tenant, out var stored)
            ? Refuse(_everything ?? stored.Find(agent) ?? governance.Current.Find(tenant)?.Kills.Find(agent))
            : NotRead;

    /// <summary>What an action is refused by; null for nothing.</summary>
    public Refusal? Check(Intent intent) =>
        _stored.TryGetValue(intent.Tenant, out var stored)
            ? Refuse(_everything ?? stored.Find(intent) ?? governance.Current.Find(intent.Tenant)?.Kills.Find(intent))
            : NotRead;

    /// <summary>That an action may still go out: the last thing that is asked before it does.</summary>
    /// <exception cref="StoppedException">It was stopped.</exception>
    public void Demand(Intent intent)
    {
        if (Check(intent) is { } refusal)
        {
            throw new StoppedException(refusal);
        }
    }

    /// <summary>What is stopped in the tenants that are in force, by store or document. Everything counts once.</summary>
    public IReadOnlyList<KillScope> Active
    {
        get
        {
            var active = new List<KillScope>();
            foreach (var tenant in governance.Current.Tenants)
            {
                var kills = _stored.GetValueOrDefault(tenant, KillSet.Empty).All.Concat(governance.Current.Find(tenant)?.Kills.All ?? []);
                foreach (var kill in kills.Where(kill => kill.Scope != KillScope.Everything))
                {
                    active.Add(kill.Scope == KillScope.Unknown ? KillScope.Tenant : kill.Scope); // It stops all of the tenant.
                }
            }

            return _everything is null ? active : [.. active, KillScope.Everything];
        }
    }

    /// <summary>
    /// Makes a tenant's kills known before any of its requests is admitted. What stops everything stops this tenant too, and is written
    /// beside what else it has. Only one of these and <see cref="ReadAsync"/> at a time.
    /// </summary>
    /// <exception cref="DurableStoreException">The store can't be read, or written where it must be.</exception>
    internal async Task PrepareAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var everything = _hasLooked ? _everything : await store.FindEverythingAsync(cancellationToken);
        if (everything is not null)
        {
            await store.SetAsync(tenant, everything with { At = time.GetUtcNow() }, cancellationToken);
        }

        _hasLooked = true;
        await ReadAsync(tenant, cancellationToken);
    }

    /// <summary>Reads a tenant's kills as they are now.</summary>
    /// <exception cref="DurableStoreException">The store can't be read: what was known counts on.</exception>
    internal async Task ReadAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        _stored[tenant] = KillSet.Of(await store.ListAsync(tenant, cancellationToken));
        Join();
    }

    /// <summary>
    /// Finds anew what stops all tenants. Of those that are in force: of another nobody follows whether it was lifted.
    /// </summary>
    internal void Join()
    {
        Kill? found = null;
        foreach (var (tenant, kills) in _stored)
        {
            if (kills.Everything is { } everything && found is not { IsGraceful: false } && governance.Current.Find(tenant) is not null)
            {
                found = everything.IsGraceful ? found ?? everything : everything;
            }
        }

        _everything = found;
    }

    /// <summary>Why a request that runs must end; null where it may go on.</summary>
    internal Refusal? Ends(RunningRequest request)
    {
        var (tenant, agent) = (request.Agent.Tenant, request.Agent.Agent);
        var stored = _stored.GetValueOrDefault(tenant, KillSet.Empty).AtOnce;
        var documented = governance.Current.Find(tenant)?.Kills.AtOnce ?? KillSet.Empty;
        var kill =
            (_everything is { IsGraceful: false } everything ? everything : null)
            ?? Find(stored, agent, request)
            ?? Find(documented, agent, request);
        return Refuse(kill);
    }

    private static Kill? Find(KillSet kills, Id<Agent> agent, RunningRequest request) =>
        kills.All.Count == 0
            ? null
            : kills.Find(agent)
                ?? (request.Asked is { } asked ? kills.Find(asked) : null)
                ?? (request.Sent is { } sent ? kills.Find(sent) : null);

    private static Refusal? Refuse(Kill? kill) => kill is null ? null : new Refusal(ReasonCode.Killed, kill.Said);

    private static Refusal NotRead => new(ReasonCode.DependencyUnavailable, Note: "the tenant's kills were not read yet");
}

/// <summary>It was stopped before anything of it was sent.</summary>
public sealed class StoppedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
