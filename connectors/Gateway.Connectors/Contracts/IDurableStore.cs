using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// What changes at run time and must outlive everything: credentials and the lifecycle of agents. Each tenant's is apart from every
/// other's. Every write appends a <see cref="StoreChange"/> in the same transaction, so that replicas can follow. Thread-safe.
/// Methods throw <see cref="DurableStoreException"/> when the store can't be reached.
/// </summary>
public interface IDurableStore : IAsyncDisposable
{
    /// <summary>Creates or upgrades the schema of these tenants. Safe to call again.</summary>
    Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken);

    /// <summary>
    /// A credential by its public id, revoked and expired ones too; null when the tenant has none such or was never prepared.
    /// </summary>
    Task<CredentialRecord?> FindCredentialAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<CredentialRecord>> ListCredentialsAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    Task AddCredentialAsync(CredentialRecord credential, CancellationToken cancellationToken);

    /// <summary>False when there is no such credential or it is already revoked.</summary>
    Task<bool> RevokeCredentialAsync(Id<Tenant> tenant, string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a new credential in an old one's place: both hold until <paramref name="until"/>, the old one never longer than it did. Both
    /// are written or neither. False, with nothing written, where the old one isn't of the same agent and kind or holds no more.
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

    /// <param name="reason">Why, in the operator's words; kept with the change.</param>
    Task SetLifecycleAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        LifecycleStatus status,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>The level that an agent was demoted to; null where it wasn't and its document counts.</summary>
    Task<AtfLevel?> FindLevelAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken);

    /// <summary>
    /// Demotes an agent, or with null lifts the demotion. Never promotes: the lower of this and its document's level counts.
    /// </summary>
    /// <param name="level">L1 to L4, or null.</param>
    /// <param name="reason">Why, in the operator's words; kept with the change.</param>
    Task SetLevelAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        AtfLevel? level,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>The changes after a sequence number, oldest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<StoreChange>> ChangesAfterAsync(Id<Tenant> tenant, long sequence, int most, CancellationToken cancellationToken);
}

/// <summary>The durable store couldn't be reached or refused. The message is for operators.</summary>
public sealed class DurableStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether there was no room left where it is kept.</summary>
    public bool IsFull { get; init; }
}
