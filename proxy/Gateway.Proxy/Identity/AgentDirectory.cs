using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>
/// What this replica knows of agents' credentials and lifecycle, read from the durable store once and kept until a change is applied. No
/// request waits for the store twice. Thread-safe.
/// </summary>
public sealed class AgentDirectory(IDurableStore store, KeyOpener opener, TimeProvider time)
{
    /// <summary>Unknown key ids that are remembered as such, so that guessing them doesn't load the store.</summary>
    private const int MostUnknown = 4096;

    private const int Attempts = 5;

    private readonly ConcurrentDictionary<(Id<Tenant>, string), KnownCredential> _credentials = new();
    private readonly ConcurrentDictionary<(Id<Tenant>, string), byte> _unknown = new();
    private readonly ConcurrentDictionary<(Id<Tenant>, Id<Agent>), AgentStanding> _standings = new();

    /// <summary>What is held against agents here, whatever the store says of them: until it says so itself.</summary>
    private readonly Dictionary<(Id<Tenant>, Id<Agent>), AgentStanding> _held = [];

    private readonly Lock _keeping = new();
    private long _version;

    /// <summary>A credential that exists, is neither revoked nor expired, and whose agent's status is known here.</summary>
    /// <exception cref="DurableStoreException">The store can't be read.</exception>
    public async ValueTask<Result<KnownCredential>> FindAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken)
    {
        if (!_credentials.TryGetValue((tenant, id), out var known))
        {
            if (_unknown.ContainsKey((tenant, id)) || await LoadAsync(tenant, id, cancellationToken) is not { } loaded)
            {
                return ReasonCode.UnknownKey;
            }

            known = loaded;
        }

        var reason = Check(known.Record);
        return reason == ReasonCode.None ? known : reason;
    }

    /// <summary>How an agent that was verified stands now, without I/O: a change that was applied since then counts.</summary>
    public (ReasonCode Reason, AgentStanding Standing) StandingOf(VerifiedAgent agent)
    {
        if (
            !_credentials.TryGetValue((agent.Tenant, agent.CredentialId), out var known)
            || !_standings.TryGetValue((agent.Tenant, agent.Agent), out var standing)
        )
        {
            return (ReasonCode.DependencyUnavailable, default); // Known a moment ago and not now: nothing can be said.
        }

        return (Check(known.Record), standing);
    }

    /// <summary>Whether the store lets the agent act; its document has a say too, at the next decision.</summary>
    public bool MayAct(VerifiedAgent agent) =>
        _standings.TryGetValue((agent.Tenant, agent.Agent), out var standing) && standing.Status is null or LifecycleStatus.Active;

    /// <summary>Reads again what a change is about, where it is known here.</summary>
    /// <exception cref="DurableStoreException">The store can't be read; the change must be applied again.</exception>
    public async Task ApplyAsync(Id<Tenant> tenant, StoreChange change, CancellationToken cancellationToken)
    {
        lock (_keeping)
        {
            _version++; // First, so that a load under way keeps nothing from before it.
            _unknown.Clear();
        }

        if (change.Kind == GovernedChange.StoreReconciled)
        {
            await ReadAgainAsync(tenant, cancellationToken);
            return;
        }

        var key = (tenant, change.Subject);
        if (_credentials.ContainsKey(key))
        {
            await ReadAgainAsync(key, cancellationToken);
        }

        if (Id<Agent>.TryParse(change.Subject, out var agent) && _standings.ContainsKey((tenant, agent)))
        {
            Keep((tenant, agent), await ReadStandingAsync(store, tenant, agent, cancellationToken));
        }
    }

    /// <summary>
    /// Holds an agent to this standing at once, whatever is read of it later. Never lifts anything; where it is stricter already nothing
    /// changes. Another replica doesn't know it: who holds an agent also writes it to the store.
    /// </summary>
    public void Hold(Id<Tenant> tenant, Id<Agent> agent, AgentStanding standing)
    {
        var key = (tenant, agent);
        lock (_keeping)
        {
            _held[key] = _held.TryGetValue(key, out var held) ? held.With(standing) : standing;
            if (_standings.TryGetValue(key, out var known))
            {
                _standings[key] = known.With(standing);
            }
        }
    }

    /// <summary>
    /// Leaves the agent to the store again. Only once the store's change was applied here: what is read after that has it, and until it
    /// is read the agent stays as it was held.
    /// </summary>
    public void Release(Id<Tenant> tenant, Id<Agent> agent)
    {
        lock (_keeping)
        {
            _held.Remove((tenant, agent));
        }
    }

    /// <summary>Whether the agent stands at least as strictly as this already.</summary>
    internal bool IsAsStrict(Id<Tenant> tenant, Id<Agent> agent, AgentStanding standing) =>
        _standings.TryGetValue((tenant, agent), out var known) && known.With(standing) == known;

    private void Keep((Id<Tenant>, Id<Agent>) agent, AgentStanding read)
    {
        lock (_keeping)
        {
            _standings[agent] = _held.TryGetValue(agent, out var held) ? read.With(held) : read;
        }
    }

    private async ValueTask<KnownCredential?> LoadAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var version = Volatile.Read(ref _version);
            if (await store.FindCredentialAsync(tenant, id, cancellationToken) is not { } record)
            {
                return Forget(tenant, id, version);
            }

            var standing = await ReadStandingAsync(store, tenant, record.Agent, cancellationToken);
            var known = opener.Open(record);
            if (TryKeep(version, known, standing))
            {
                return known;
            }
        }

        throw new DurableStoreException("The durable store changes faster than it can be read.");
    }

    internal static async Task<AgentStanding> ReadStandingAsync(
        IDurableStore store,
        Id<Tenant> tenant,
        Id<Agent> agent,
        CancellationToken cancellationToken
    ) =>
        new(await store.FindLifecycleAsync(tenant, agent, cancellationToken), await store.FindLevelAsync(tenant, agent, cancellationToken));

    /// <summary>False when a change was applied since the version was read: what was loaded may be from before it.</summary>
    private bool TryKeep(long version, KnownCredential known, AgentStanding standing)
    {
        lock (_keeping)
        {
            if (version != _version)
            {
                return false;
            }

            _credentials[(known.Record.Tenant, known.Record.Id)] = known;
            Keep((known.Record.Tenant, known.Record.Agent), standing);
            return true;
        }
    }

    private async Task ReadAgainAsync((Id<Tenant> Tenant, string Id) key, CancellationToken cancellationToken)
    {
        if (await store.FindCredentialAsync(key.Tenant, key.Id, cancellationToken) is { } record)
        {
            _credentials[key] = opener.Open(record);
        }
        else
        {
            _credentials.TryRemove(key, out _);
        }
    }

    /// <summary>All that is known of a store that was put back from a copy. What is revoked stays so.</summary>
    private async Task ReadAgainAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        foreach (var (key, known) in _credentials)
        {
            if (key.Item1 == tenant && known.Record.RevokedAt is null)
            {
                await ReadAgainAsync(key, cancellationToken);
            }
        }

        foreach (var (key, _) in _standings)
        {
            if (key.Item1 == tenant)
            {
                Keep(key, await ReadStandingAsync(store, tenant, key.Item2, cancellationToken));
            }
        }
    }

    private KnownCredential? Forget(Id<Tenant> tenant, string id, long version)
    {
        lock (_keeping)
        {
            if (_unknown.Count >= MostUnknown)
            {
                _unknown.Clear();
            }

            if (version == _version)
            {
                _unknown[(tenant, id)] = 0;
            }
        }

        return null;
    }

    private ReasonCode Check(CredentialRecord record) =>
        record.RevokedAt is not null || record.ExpiresAt <= time.GetUtcNow() ? ReasonCode.RevokedCredential : ReasonCode.None;
}

/// <summary>A credential's record with its key ready to use. Immutable.</summary>
public sealed class KnownCredential
{
    internal KnownCredential(CredentialRecord record, VerificationKey? key) => (Record, Key) = (record, key);

    public CredentialRecord Record { get; }

    /// <summary>Null for a bearer, whose secret is only compared.</summary>
    internal VerificationKey? Key { get; }

    public override string ToString() => $"{Record.Tenant}.{Record.Id}";
}
