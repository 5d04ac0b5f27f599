using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Log;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence;

/// <summary>One tenant's store beside one instance's journal.</summary>
/// <param name="Seen">The newest change that the instance knew of; null where it didn't keep that.</param>
/// <param name="IsPutBack">Whether the store lacks something that was there.</param>
/// <param name="Lost">What the journal has and the store lacks. Empty where the journal needn't be read.</param>
public sealed record StoreComparison(Id<Tenant> Tenant, ChangeMark? Seen, bool IsPutBack, IReadOnlyCollection<ChangeNote> Lost)
{
    /// <summary>Asks the store for the newest change that was seen. Reads the journal where it lacks that, or nobody kept it.</summary>
    /// <param name="keys">What this instance's logs are signed with.</param>
    /// <exception cref="DurableStoreException">The store can't be used, or the journal can't be read for it.</exception>
    public static async Task<StoreComparison> FindAsync(
        SqlStore store,
        JournalOptions journal,
        IReadOnlyList<Ed25519PublicKey> keys,
        Id<Tenant> tenant,
        CancellationToken cancellationToken
    )
    {
        var seen = SeenBy(journal.Root, tenant);
        return seen is not null && await Reading(store).HasAsync(tenant, seen, cancellationToken)
            ? Known(store, new StoreComparison(tenant, seen, IsPutBack: false, []))
            : Known(store, await ReadAsync(store, journal, keys, tenant, cancellationToken));
    }

    /// <summary>Has the store asked, in each transaction, for what was seen of it.</summary>
    /// <exception cref="DurableStoreException">What was seen can't be read.</exception>
    public static void Expect(SqlStore store, string root, Id<Tenant> tenant) =>
        Known(store, new StoreComparison(tenant, SeenBy(root, tenant), IsPutBack: false, []));

    /// <summary>Reads the journal.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public static async Task<StoreComparison> ReadAsync(
        SqlStore store,
        JournalOptions journal,
        IReadOnlyList<Ed25519PublicKey> keys,
        Id<Tenant> tenant,
        CancellationToken cancellationToken
    )
    {
        var seen = store.Databases.History.NewestOf(tenant) ?? SeenBy(journal.Root, tenant);
        var there = await Reading(store).IdsAsync(tenant, cancellationToken);
        var isPutBack = seen is not null && !await Reading(store).HasAsync(tenant, seen, cancellationToken);
        var knowledge = await Task.Run(() => JournalKnowledge.Read(journal, keys, tenant, there, cancellationToken), cancellationToken);
        return new StoreComparison(tenant, seen, isPutBack || knowledge.Newest > 0, knowledge.Lost);
    }

    /// <summary>Does again what makes stricter. The store counts once the outcome's change was seen.</summary>
    /// <param name="journal">The log that is open; empty for none.</param>
    /// <exception cref="DurableStoreException">The store can't be used.</exception>
    public Task<ReconciledStore> ReconcileAsync(
        SqlStore store,
        string journal,
        ChangeOrigin origin,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        new StoreReconciliation(store.Databases, origin).ReconcileAsync(
            Tenant,
            new LostFromStore(journal, Lost),
            Seen?.Sequence ?? 0,
            now,
            cancellationToken
        );

    /// <summary>From here on the store is asked for it each time.</summary>
    private static StoreComparison Known(SqlStore store, StoreComparison found)
    {
        if (found.Seen is { Sequence: > 0 } seen)
        {
            store.Databases.History.See(found.Tenant, seen);
        }

        return found;
    }

    private static ChangeMark? SeenBy(string root, Id<Tenant> tenant)
    {
        try
        {
            return StoreMark.Newest(root, tenant.ToString()) is { } mark ? new ChangeMark(mark.Sequence, mark.ChangeId) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DurableStoreException(
                $"Whether the store of tenant '{tenant}' was put back from a copy can't be told: {e.Message} Let this process read the "
                    + $"journal under '{root}'.",
                e
            );
        }
    }

    private static StoreReconciliation Reading(SqlStore store) => new(store.Databases, ChangeOrigin.Local("gateway", ""));
}
