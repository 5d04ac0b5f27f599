using System.Globalization;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// Holds a store that was put back from a copy against what a journal knows. Doing so again, or by several at once, does no harm.
/// Thread-safe. Methods throw <see cref="DurableStoreException"/> when the store can't be reached.
/// </summary>
/// <param name="origin">In whose changes it stands who makes them.</param>
public sealed class StoreReconciliation(TenantDatabases databases, ChangeOrigin origin)
{
    /// <summary>Whether a change that was seen once is there; one of number 0 is.</summary>
    public Task<bool> HasAsync(Id<Tenant> tenant, ChangeMark seen, CancellationToken cancellationToken) =>
        seen.Sequence == 0
            ? Task.FromResult(true)
            : databases.RunPutBackAsync(tenant, write: false, session => ChangeTable.HasAsync(session, seen), cancellationToken);

    /// <summary>The ids of all changes that are there: what a journal knows beside them was lost.</summary>
    public async Task<IReadOnlySet<string>> IdsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        (await databases.RunPutBackAsync(tenant, write: false, ChangeTable.IdsAsync, cancellationToken)).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Does again what of the lost makes stricter, all or nothing, and says first that it does. From then on the store can be used.
    /// </summary>
    /// <param name="lost">Changes that the journal has and the store doesn't, in any order; one may come twice.</param>
    /// <param name="seen">The newest change that the journal, or who followed the store, knows of: new ones get numbers above it, and above
    /// all that were lost. Or who saw those would take new ones for them.</param>
    /// <returns>How many changes were made for it.</returns>
    public async Task<int> ReconcileAsync(
        Id<Tenant> tenant,
        IReadOnlyCollection<ChangeNote> lost,
        long seen,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ChangeNote[] each = [.. lost.DistinctBy(change => change.Id).OrderBy(change => change.Sequence).ThenBy(change => change.At)];
        var above = Math.Max(Math.Max(seen, databases.History.NewestOf(tenant)?.Sequence ?? 0), each is [.., var last] ? last.Sequence : 0);
        return await databases.RunPutBackAsync(
            tenant,
            write: true,
            async session =>
            {
                session.Above = above;
                await ChangeTable.AppendAsync(session, Said(tenant, each, await ChangeTable.LastAsync(session)));
                var first = session.Newest!.Sequence;
                await new LostChanges(session, each, origin, now).ApplyAsync();
                return (int)(session.Newest!.Sequence - first);
            },
            cancellationToken
        );

        ChangeNote Said(Id<Tenant> whose, ChangeNote[] changes, long there) =>
            NoteText.New(GovernedChange.StoreReconciled, whose.ToString(), origin, now) with
            {
                Before = Numbers([("newest", there)]),
                After = Numbers(
                    changes
                        .Where(change => change.Sequence > 0)
                        .CountBy(change => Vocabulary.Change.Text(change.Kind))
                        .Select(one => (one.Key, (long)one.Value))
                ),
            };
    }

    private static SortedDictionary<string, string> Numbers(IEnumerable<(string Name, long Number)> parts) =>
        new(parts.ToDictionary(part => part.Name, part => part.Number.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal);
}
