using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Where several instances share a store, each change is on record with one of them. What would have to be done again if the store were put
/// back from a copy, each of them puts on its own record too, under the change's id: or one that starts alone would let a key live that
/// another one's journal knows to be revoked.
/// </summary>
public sealed partial class FollowedChanges(
    DataOptions data,
    GovernanceState governance,
    SqlStore store,
    TenantJournals journals,
    TimeProvider time,
    ILogger<FollowedChanges> logger
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly StoreReconciliation _changes = new(store.Databases, ChangeOrigin.Local("gateway", ""));
    private readonly HashSet<Id<Tenant>> _failing = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (data.Replicas > 1 && await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var tenant in governance.Current.Tenants)
            {
                if (journals.Find(tenant) is { } log)
                {
                    await TryFollowAsync(tenant, log, stoppingToken);
                }
            }
        }
    }

    private async Task TryFollowAsync(Id<Tenant> tenant, JournalLog log, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(tenant, log, cancellationToken);
            _failing.Remove(tenant);
        }
        catch (Exception e) when (e is DurableStoreException or JournalUnavailableException)
        {
            if (_failing.Add(tenant))
            {
                Log.NotFollowed(logger, tenant, e); // Once, and not at every look.
            }
        }
    }

    /// <summary>What was before the first look of a new log, others have.</summary>
    private async Task FollowAsync(Id<Tenant> tenant, JournalLog log, CancellationToken cancellationToken)
    {
        var newest = store.Databases.History.NewestOf(tenant)?.Sequence ?? 0;
        var followed = log.FollowedTo ?? (log.FollowedTo = newest).Value;
        while (followed < newest && await _changes.AfterAsync(tenant, followed, cancellationToken) is [.., var last] changes)
        {
            foreach (var (change, matters) in changes)
            {
                if (matters && !log.HasRecorded(change.Id))
                {
                    await log.AppendAsync(ChangeRecords.Of(change), Durability.Synced, cancellationToken);
                }
            }

            log.FollowedTo = followed = last.Change.Sequence;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8044, LogLevel.Error, "What other instances changed for tenant {Tenant} can't be put on this one's record")]
        public static partial void NotFollowed(ILogger logger, Id<Tenant> tenant, Exception exception);
    }
}
