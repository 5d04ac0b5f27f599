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
    private const string JournalPart = "journal";
    private const int AtOnce = 1000;

    /// <summary>Whether a change that was seen once is there; one of number 0 is.</summary>
    public Task<bool> HasAsync(Id<Tenant> tenant, ChangeMark seen, CancellationToken cancellationToken) =>
        seen.Sequence == 0
            ? Task.FromResult(true)
            : databases.RunPutBackAsync(tenant, write: false, session => ChangeTable.HasAsync(session, seen), cancellationToken);

    /// <summary>The ids of all changes that are there: what a journal knows beside them was lost.</summary>
    public async Task<IReadOnlySet<string>> IdsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        (await databases.RunPutBackAsync(tenant, write: false, ChangeTable.IdsAsync, cancellationToken)).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The next changes behind a number that are on record, the first first, and whether each would have to be done again if it were lost.
    /// For who puts on record what others made.
    /// </summary>
    public async Task<IReadOnlyList<(ChangeNote Change, bool Matters)>> AfterAsync(
        Id<Tenant> tenant,
        long sequence,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await databases.RunAsync(
                    tenant,
                    write: false,
                    session => ChangeTable.RecordedAfterAsync(session, sequence, AtOnce),
                    cancellationToken
                )
            ).Select(change => (change, LostChanges.Matters(change.Kind))),
        ];

    /// <summary>The number of the newest change that is there; 0 where there is none.</summary>
    public Task<long> NewestAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        databases.RunPutBackAsync(tenant, write: false, ChangeTable.LastAsync, cancellationToken);

    /// <summary>Against how many journals it was held behind a number.</summary>
    public async Task<int> JournalsAsync(Id<Tenant> tenant, long sequence, CancellationToken cancellationToken) =>
        (
            await databases.RunPutBackAsync(
                tenant,
                write: false,
                session => ChangeTable.OfKindAfterAsync(session, GovernedChange.StoreReconciled, sequence),
                cancellationToken
            )
        )
            .Select(said => said.After.GetValueOrDefault(JournalPart))
            .OfType<string>()
            .Distinct()
            .Count();

    /// <summary>
    /// Does again what of the lost makes stricter, all or nothing, and says first that it does. The store can be used once the outcome's
    /// change was seen (<see cref="SeenHistory.See"/>).
    /// </summary>
    /// <param name="known">What the journal has and the store lacks.</param>
    /// <param name="seen">The newest change that the journal, or who followed the store, knows of: new ones get numbers above it, and above
    /// all that were lost. Or who saw those would take new ones for them.</param>
    public async Task<ReconciledStore> ReconcileAsync(
        Id<Tenant> tenant,
        LostFromStore known,
        long seen,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ChangeNote[] each =
        [
            .. known.Changes.DistinctBy(change => change.Id).OrderBy(change => change.Sequence).ThenBy(change => change.At),
        ];
        var above = Math.Max(Math.Max(seen, databases.History.NewestOf(tenant)?.Sequence ?? 0), each is [.., var last] ? last.Sequence : 0);
        return await databases.RunPutBackAsync(
            tenant,
            write: true,
            async session =>
            {
                session.Above = above;
                var there = await ChangeTable.LastAsync(session);
                var said = NoteText.New(GovernedChange.StoreReconciled, tenant.ToString(), origin, now) with
                {
                    Before = Numbers([("newest", there)]),
                    After = Numbers(
                        each.Where(change => change.Sequence > 0)
                            .CountBy(change => Vocabulary.Change.Text(change.Kind))
                            .Select(one => (one.Key, (long)one.Value))
                    ),
                };
                if (known.Journal.Length > 0)
                {
                    said.After[JournalPart] = known.Journal;
                }

                await ChangeTable.AppendAsync(session, said);
                var first = session.Newest!.Sequence;
                await new LostChanges(session, each, origin, now).ApplyAsync();
                return new ReconciledStore((int)(session.Newest!.Sequence - first), session.Newest);
            },
            cancellationToken
        );
    }

    private static SortedDictionary<string, string> Numbers(IEnumerable<(string Name, long Number)> parts) =>
        new(parts.ToDictionary(part => part.Name, part => part.Number.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal);
}

/// <summary>What one journal knows and a store lacks.</summary>
/// <param name="Journal">The journal's log; empty where none is open.</param>
/// <param name="Changes">In any order; one may come twice.</param>
public sealed record LostFromStore(string Journal, IReadOnlyCollection<ChangeNote> Changes);

/// <summary>What came of it.</summary>
/// <param name="Made">Changes that were made again.</param>
/// <param name="Newest">The last one, from which on the store counts.</param>
public sealed record ReconciledStore(int Made, ChangeMark Newest);
