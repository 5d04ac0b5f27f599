using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// What people are to be told, in the durable store beside what it is about. A change that is on record in the store is told of exactly
/// once in ordinary life, whichever process made it, and at least once after a kill: always under the same id. Thread-safe. Methods throw
/// <see cref="DurableStoreException"/> when the store can't be reached.
/// </summary>
/// <param name="origin">In whose changes it stands who makes them.</param>
public sealed class NoticeStore(TenantDatabases databases, ChangeOrigin origin)
{
    /// <value>How long what was sent stays to be looked at.</value>
    public static readonly TimeSpan SentAreKept = TimeSpan.FromDays(7);

    /// <value>How long a dead letter stays: no approval lives so long.</value>
    public static readonly TimeSpan DeadAreKept = TimeSpan.FromDays(90);

    private const int HolderDigits = 16;

    /// <summary>
    /// Makes the notices of what happened to approvals since the last time, in the transaction that remembers how far it came: none is lost
    /// and none is made twice, by whomever and however often this is called.
    /// </summary>
    /// <param name="tell">The notices of an event. Called inside the transaction: quick, and without a call to the outside.</param>
    /// <returns>How many were made.</returns>
    public async Task<int> FollowAsync(
        Id<Tenant> tenant,
        Func<ApprovalEvent, IEnumerable<NoticeRecord>> tell,
        CancellationToken cancellationToken
    )
    {
        var made = 0;
        while (await ReadAsync(tenant, NoticeTable.IsBehindAsync, cancellationToken))
        {
            made += await WriteAsync(
                tenant,
                async session =>
                {
                    var now = 0;
                    foreach (var notice in (await NoticeTable.NextEventsAsync(session)).SelectMany(tell))
                    {
                        await NoticeTable.AddAsync(session, notice);
                        now++;
                    }

                    return now;
                },
                cancellationToken
            );
        }

        return made;
    }

    /// <summary>The channels for which something waits, with the moment when the first of it is due.</summary>
    public Task<IReadOnlyList<(string Channel, DateTimeOffset Due)>> DueAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        ReadAsync(tenant, NoticeTable.DueAsync, cancellationToken);

    /// <summary>Takes what is due for a channel to send it; null where nothing is. Of any number who try at once one gets it.</summary>
    /// <param name="lease">After it whoever took this is taken for gone, and another may have it.</param>
    public Task<NoticeRecord?> TakeAsync(
        Id<Tenant> tenant,
        string channel,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) =>
        WriteAsync<NoticeRecord?>(
            tenant,
            async session =>
            {
                if (await NoticeTable.FindDueAsync(session, channel, now) is not { } found)
                {
                    return null;
                }

                var taken = found with { Due = now + lease, Holder = RandomNumberGenerator.GetHexString(HolderDigits, lowercase: true) };
                await NoticeTable.SetAsync(session, taken);
                return taken;
            },
            cancellationToken
        );

    /// <summary>It was taken by whom it is for. False where another has taken it over meanwhile.</summary>
    public Task<bool> SentAsync(Id<Tenant> tenant, NoticeRecord taken, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(
            tenant,
            taken,
            found => found with { State = NoticeState.Sent, Attempts = found.Attempts + 1, Holder = null, Ended = now },
            now,
            cancellationToken
        );

    /// <summary>It could not be sent. False where another has taken it over meanwhile.</summary>
    /// <param name="problem">In Gateway's own words, without a secret.</param>
    /// <param name="again">When to try again; null for never by itself: it is a dead letter, with its note for the journal.</param>
    public Task<bool> FailedAsync(
        Id<Tenant> tenant,
        NoticeRecord taken,
        string problem,
        DateTimeOffset? again,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        EndAsync(
            tenant,
            taken,
            found =>
                found with
                {
                    State = again is null ? NoticeState.Dead : NoticeState.Waiting,
                    Attempts = found.Attempts + 1,
                    Due = again ?? now,
                    Holder = null,
                    Ended = again is null ? now : null,
                    Problem = problem,
                },
            now,
            cancellationToken
        );

    /// <summary>Gives back what was taken and perhaps not sent, so that another needn't wait for the end of its lease.</summary>
    public Task<bool> ReturnAsync(Id<Tenant> tenant, NoticeRecord taken, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(tenant, taken, found => found with { Due = now, Holder = null }, now, cancellationToken);

    /// <summary>Null where there is none such.</summary>
    public Task<NoticeRecord?> FindAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => NoticeTable.FindAsync(session, id), cancellationToken);

    /// <summary>The newest first.</summary>
    /// <param name="state">Null for any.</param>
    public Task<IReadOnlyList<NoticeRecord>> ListAsync(
        Id<Tenant> tenant,
        NoticeState? state,
        int most,
        CancellationToken cancellationToken
    ) => PageAsync(tenant, state, after: null, most, cancellationToken);

    /// <summary>A page of them, the newest first.</summary>
    /// <param name="state">Null for any.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    public Task<IReadOnlyList<NoticeRecord>> PageAsync(
        Id<Tenant> tenant,
        NoticeState? state,
        (DateTimeOffset At, string Id)? after,
        int most,
        CancellationToken cancellationToken
    ) => ReadAsync(tenant, session => NoticeTable.PageAsync(session, state, after, most), cancellationToken);

    /// <summary>Has a dead letter sent again, under the same id. False, with nothing written, where it is none.</summary>
    public Task<bool> ResendAsync(Id<Tenant> tenant, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
            {
                if (await NoticeTable.FindAsync(session, id) is not { State: NoticeState.Dead } dead)
                {
                    return false;
                }

                var again = dead with { State = NoticeState.Waiting, Attempts = 0, Due = now, Ended = null };
                await NoticeTable.SetAsync(session, again);
                return await NoticeTable.NoteAsync(session, dead, again, GovernedChange.NoticeResent, origin, now);
            },
            cancellationToken
        );

    /// <summary>Removes what was sent, or died, so long ago that nobody asks for it any more.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemoveOldAsync(Id<Tenant> tenant, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
                await NoticeTable.RemoveAsync(session, NoticeState.Sent, now - SentAreKept)
                + await NoticeTable.RemoveAsync(session, NoticeState.Dead, now - DeadAreKept),
            cancellationToken
        );

    /// <summary>What became of an attempt; of one whose lease is over only where nobody else has taken the notice.</summary>
    private Task<bool> EndAsync(
        Id<Tenant> tenant,
        NoticeRecord taken,
        Func<NoticeRecord, NoticeRecord> end,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            tenant,
            async session =>
            {
                if (
                    await NoticeTable.FindAsync(session, taken.Id) is not { State: NoticeState.Waiting, Holder: not null } found
                    || found.Holder != taken.Holder
                )
                {
                    return false;
                }

                var after = end(found);
                await NoticeTable.SetAsync(session, after);
                return after.State != NoticeState.Dead
                    || await NoticeTable.NoteAsync(session, found, after, GovernedChange.NoticeDead, origin, now);
            },
            cancellationToken
        );

    private Task<T> ReadAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: false, workAsync, cancellationToken);

    private Task<T> WriteAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: true, workAsync, cancellationToken);
}
