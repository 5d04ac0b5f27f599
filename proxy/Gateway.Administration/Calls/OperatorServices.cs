using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;

namespace Gateway.Administration.Calls;

/// <summary>What the operations work on: the parts of the running instance, nothing of their own.</summary>
internal sealed class OperatorServices(
    SqlStore store,
    EncryptedFileVault vault,
    TenantJournals journals,
    GovernanceState governance,
    RevocationFeed feed,
    GatewayKeys keys,
    TimeProvider time
)
{
    public SqlStore Store => store;
    public GovernanceState Governance => governance;
    public TimeProvider Time => time;

    /// <summary>To look up who calls. Whoever changes something has a store in their own name.</summary>
    public OperatorStore Operators { get; } = new(store.Databases, ChangeOrigin.Local("gateway", ""));

    public OperatorKeyIssuer Keys { get; } = new(keys.BearerPepper);

    /// <summary>Applies here at once what was changed; other replicas are told by the store.</summary>
    public Task FollowAsync(Id<Tenant> tenant, CancellationToken cancellationToken) => feed.CatchUpAsync(tenant, cancellationToken);

    /// <summary>Puts on record what is asked, or was refused.</summary>
    /// <exception cref="JournalUnavailableException">It isn't on record: nothing may be done.</exception>
    public Task AnnounceAsync(
        Id<Tenant> tenant,
        GovernedChange kind,
        string subject,
        ChangeOrigin origin,
        CancellationToken cancellationToken
    ) => ChangeRecords.AnnounceAsync(LogOf(tenant), kind, subject, origin, cancellationToken);

    /// <summary>Puts on record what was changed, before anybody is told that it was.</summary>
    /// <exception cref="JournalUnavailableException">It isn't on record yet.</exception>
    public Task RecordAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        ChangeRecords.AppendAsync(LogOf(tenant), store, vault, tenant, cancellationToken);

    private JournalLog LogOf(Id<Tenant> tenant) =>
        journals.Find(tenant) ?? throw new JournalUnavailableException($"The journal of '{tenant}' isn't open.");
}
