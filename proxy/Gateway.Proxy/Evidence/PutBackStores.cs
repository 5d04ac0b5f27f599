using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Log;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Finds that a tenant's store was put back from a copy, at the start and while this instance runs, and holds it against this instance's
/// journal. Until that is done the store gives nothing, so that whatever needs it is refused. Each instance does so with its own journal.
/// </summary>
public sealed partial class PutBackStores(
    DataOptions data,
    GovernanceState governance,
    SqlStore store,
    TenantJournals journals,
    JournalOptions options,
    LogKeys keys,
    EvidenceOptions evidence,
    TimeProvider time,
    ILogger<PutBackStores> logger
) : BackgroundService
{
    private const string Reason = "the store was put back from a copy: what the journal knows wins";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <value>How long the other instances have for it.</value>
    private static readonly TimeSpan ForOthers = TimeSpan.FromSeconds(10);

    private readonly StoreReconciliation _reading = new(store.Databases, ChangeOrigin.Local("gateway", Reason));
    private readonly Dictionary<Id<Tenant>, FoundStore> _found = [];
    private readonly HashSet<Id<Tenant>> _failing = [];

    /// <summary>Looks at a tenant's store before anything of it is used, and holds it against the journal where it must be.</summary>
    /// <exception cref="DurableStoreException">The store can't be used, or the journal can't be read for it.</exception>
    public async Task PrepareAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        if (journals.Find(tenant) is not null)
        {
            return; // It runs, and is looked at.
        }

        if (await StoreComparison.FindAsync(store, options, keys.Public, tenant, cancellationToken) is { IsPutBack: true } found)
        {
            var outcome = await ReconcileAsync(tenant, found, cancellationToken);
            store.Databases.History.See(tenant, outcome.Newest);
        }
    }

    /// <summary>Keeps what is known of a tenant's store, now and with each change, beside the journal that was opened.</summary>
    /// <exception cref="JournalUnavailableException">It can't be kept.</exception>
    public void Follow(Id<Tenant> tenant)
    {
        var newest = store.Databases.History.NewestOf(tenant);
        journals.Find(tenant)?.Keep(new StoreMark(newest?.Sequence ?? 0, newest?.Id ?? ""));
        store.Databases.History.Keep = Keep;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in governance.Current.Tenants)
        {
            if (!store.Databases.History.IsPutBack(tenant))
            {
                _found.Remove(tenant);
                continue;
            }

            try
            {
                await GoOnAsync(tenant, cancellationToken);
                _failing.Remove(tenant);
            }
            catch (Exception e) when (e is DurableStoreException or InvalidOperationException)
            {
                // Whatever a journal says of a store, the tenant's store stays shut and the host goes on.
                if (_failing.Add(tenant))
                {
                    Log.NotReconciled(logger, tenant, e); // Once, and not at every look.
                }
            }
        }
    }

    /// <summary>
    /// A step. The journal isn't read before whatever used an approval of the store that was there is on record, or was refused because it
    /// isn't: that takes no longer than keeping a body and a record may. And the store isn't used before the other instances did what they
    /// know, or had the time to.
    /// </summary>
    private async Task GoOnAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        if (!_found.TryGetValue(tenant, out var found))
        {
            found = new FoundStore(time.GetTimestamp(), await _reading.NewestAsync(tenant, cancellationToken));
            _found[tenant] = found;
            Log.Found(logger, tenant);
        }
        else if (found.Outcome is { } outcome)
        {
            if (
                time.GetElapsedTime(found.Done) > ForOthers
                || await _reading.JournalsAsync(tenant, found.Newest, cancellationToken) >= data.Replicas
            )
            {
                store.Databases.History.See(tenant, outcome.Newest);
                _found.Remove(tenant); // It may be put back once more.
            }
        }
        else if (time.GetElapsedTime(found.Since) > 2 * evidence.Deadline)
        {
            var comparison = await StoreComparison.ReadAsync(store, options, keys.Public, tenant, cancellationToken);
            var done = await ReconcileAsync(tenant, comparison, cancellationToken);
            _found[tenant] = found with { Outcome = done, Done = time.GetTimestamp() };
        }
    }

    private async Task<ReconciledStore> ReconcileAsync(Id<Tenant> tenant, StoreComparison found, CancellationToken cancellationToken)
    {
        var origin = ChangeOrigin.Local("gateway", Reason);
        var journal = journals.Find(tenant)?.Id.ToString() ?? "";
        var outcome = await found.ReconcileAsync(store, journal, origin, time.GetUtcNow(), cancellationToken);
        Log.Reconciled(logger, tenant, found.Lost.Count, outcome.Made);
        return outcome;
    }

    private void Keep(Id<Tenant> tenant, ChangeMark mark)
    {
        try
        {
            journals.Find(tenant)?.Keep(new StoreMark(mark.Sequence, mark.Id));
        }
        catch (JournalUnavailableException e)
        {
            throw new DurableStoreException($"That there is change {mark.Sequence} of tenant '{tenant}' can't be kept: {e.Message}", e);
        }
    }

    /// <param name="Since">When it was found, as the clock's timestamp.</param>
    /// <param name="Newest">The newest change that it had then.</param>
    /// <param name="Outcome">Null before this instance did what it knows.</param>
    /// <param name="Done">When it had, as the clock's timestamp.</param>
    private sealed record FoundStore(long Since, long Newest, ReconciledStore? Outcome = null, long Done = 0);

    private static partial class Log
    {
        [LoggerMessage(
            8041,
            LogLevel.Critical,
            "The store of tenant {Tenant} was put back from a copy: {Lost} changes that the journal has were lost, and {Made} were made "
                + "again because they make stricter"
        )]
        public static partial void Reconciled(ILogger logger, Id<Tenant> tenant, int lost, int made);

        [LoggerMessage(8043, LogLevel.Critical, "The store of tenant {Tenant} was put back from a copy: it is held against the journal")]
        public static partial void Found(ILogger logger, Id<Tenant> tenant);

        [LoggerMessage(
            8042,
            LogLevel.Critical,
            "The store of tenant {Tenant} was put back from a copy and can't be held against the journal: nothing of it is used"
        )]
        public static partial void NotReconciled(ILogger logger, Id<Tenant> tenant, Exception exception);
    }
}
