using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// What changes at run time and must outlive everything: credentials, the lifecycle of agents, and what providers keep for them. Each
/// tenant's is apart from every other's. Every write to credentials and lifecycles appends a <see cref="StoreChange"/> in the same
/// transaction, so that replicas can follow, with a
/// <see cref="ChangeNote"/> for the journal. Thread-safe. Methods throw <see cref="DurableStoreException"/> when the store can't be
/// reached.
/// </summary>
public interface IDurableStore : IAsyncDisposable
{
    /// <summary>The same store, in whose changes it stands who makes them, and why. Unsaid, it is this process by itself.</summary>
    /// <remarks>Holds nothing of its own: what it is a view of stays open when it is disposed of, and must be disposed of itself.</remarks>
    IDurableStore By(ChangeOrigin origin);

    /// <summary>The tenants that the store has something of, in the order of their names.</summary>
    Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Hands out, oldest first, what changed and isn't known to be on record, and forgets each when it was taken. Of several processes one
    /// at a time does so. What throws ends it; the rest stays.
    /// </summary>
    /// <returns>How many were taken.</returns>
    Task<int> RecordChangesAsync(
        Id<Tenant> tenant,
        Func<ChangeNote, CancellationToken, Task> recordAsync,
        CancellationToken cancellationToken
    );

    /// <summary>What isn't known to be on record, oldest first.</summary>
    Task<IReadOnlyList<ChangeNote>> UnrecordedAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    /// <summary>Creates or upgrades the schema of these tenants. Safe to call again.</summary>
    Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken);

    /// <summary>
    /// A credential by its public id, revoked and expired ones too; null when the tenant has none such or was never prepared.
    /// </summary>
    Task<CredentialRecord?> FindCredentialAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<CredentialRecord>> ListCredentialsAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    /// <summary>False, with nothing written, where another credential of the agent that holds has the name.</summary>
    Task<bool> AddCredentialAsync(CredentialRecord credential, CancellationToken cancellationToken);

    /// <summary>False when there is no such credential or it is already revoked.</summary>
    Task<bool> RevokeCredentialAsync(Id<Tenant> tenant, string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a new credential in an old one's place: both hold until <paramref name="until"/>, the old one never longer than it did. Both
    /// are written or neither. False, with nothing written, where the old one isn't of the same agent (of its uid too), kind and name, or
    /// holds no more. Both have the name while both hold.
    /// </summary>
    Task<bool> ReplaceCredentialAsync(CredentialRecord next, string previous, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the same key under another envelope, or the same secret under another hash. False when there is no such credential, or its
    /// material is no longer <paramref name="from"/>.
    /// </summary>
    Task<bool> ReplaceMaterialAsync(
        Id<Tenant> tenant,
        string id,
        string from,
        string to,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>Null where the store says nothing about the agent and its document counts.</summary>
    Task<LifecycleStatus?> FindLifecycleAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken);

    Task SetLifecycleAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        LifecycleStatus status,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>The level that an agent was demoted to; null where it wasn't and its document counts.</summary>
    Task<AtfLevel?> FindLevelAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken);

    /// <summary>
    /// Demotes an agent, or with null lifts the demotion. Never promotes: the lower of this and its document's level counts.
    /// </summary>
    /// <param name="level">L1 to L4, or null.</param>
    Task SetLevelAsync(Id<Tenant> tenant, Id<Agent> agent, AtfLevel? level, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Writes down what was made. False where it is written down already, for whomever.</summary>
    Task<bool> AddObjectAsync(Id<Tenant> tenant, OwnedObject made, CancellationToken cancellationToken);

    /// <summary>
    /// Writes down what the provider says now of objects, by their ids: of those that the agent has. Nothing is said of any other.
    /// </summary>
    /// <param name="cards">JSON objects by their ids.</param>
    /// <returns>The ids of those that the agent has.</returns>
    Task<IReadOnlyList<string>> RefreshObjectsAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        IReadOnlyDictionary<string, string> cards,
        CancellationToken cancellationToken
    );

    /// <summary>Null where the agent has none such.</summary>
    Task<OwnedObject?> FindObjectAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id,
        CancellationToken cancellationToken
    );

    /// <summary>In the order in which they were made; empty where the page begins behind something that the agent doesn't have.</summary>
    Task<IReadOnlyList<OwnedObject>> ListObjectsAsync(Id<Tenant> tenant, OwnedPage page, CancellationToken cancellationToken);

    /// <summary>False where the agent has none such.</summary>
    Task<bool> ForgetObjectAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id,
        CancellationToken cancellationToken
    );

    /// <summary>The changes after a sequence number, oldest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<StoreChange>> ChangesAfterAsync(Id<Tenant> tenant, long sequence, int most, CancellationToken cancellationToken);

    /// <summary>The number of a tenant's last change; 0 where there is none.</summary>
    Task<long> LastChangeAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Ends when, after this call, the store announces a change of any tenant, by any process, or finds that it may have missed one. A
    /// store that can't announce never ends it: who follows changes must look by itself as well. Never fails.
    /// </summary>
    Task NextChange();
}

/// <summary>The durable store couldn't be reached or refused. The message is for operators.</summary>
public sealed class DurableStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether there was no room left where it is kept.</summary>
    public bool IsFull { get; init; }
}
