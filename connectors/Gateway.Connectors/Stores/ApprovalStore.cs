using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The approvals, in the durable store beside keys and standing. Every transition is one transaction with its note for the journal, so that
/// of any number who vote or use at once each counts once. Thread-safe. Methods throw <see cref="DurableStoreException"/> when the store
/// can't be reached.
/// </summary>
/// <param name="origin">In whose changes it stands who makes them.</param>
public sealed class ApprovalStore(TenantDatabases databases, ChangeOrigin origin)
{
    /// <summary>How long what ended is kept to be looked at.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Asks people for an approval. Equal requests are one.</summary>
    /// <param name="most">Approvals of the agent that may be live at once.</param>
    /// <returns>The one that is live, be it an earlier one; null where the agent has too many.</returns>
    public Task<ApprovalRecord?> AskAsync(Id<Tenant> tenant, ApprovalRecord request, int most, CancellationToken cancellationToken) =>
        WriteAsync<ApprovalRecord?>(
            tenant,
            async session =>
            {
                await ExpireAsync(session, request.At);
                if (await ApprovalTable.FindLiveAsync(session, request.Action) is { } live)
                {
                    return live;
                }

                if (await ApprovalTable.CountLiveAsync(session, request.Agent) >= most)
                {
                    return null;
                }

                await ApprovalTable.AddAsync(session, request);
                await ApprovalTable.NoteAsync(session, before: null, request, GovernedChange.ApprovalAsked, origin, request.At);
                return request;
            },
            cancellationToken
        );

    /// <summary>Null where there is none such.</summary>
    public async Task<ApprovalRecord?> FindAsync(Id<Tenant> tenant, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ReadAsync(tenant, session => ApprovalTable.FindAsync(session, id), cancellationToken))?.AsOf(now);

    /// <summary>Of an action; null where none waits for people or for its use.</summary>
    public async Task<ApprovalRecord?> FindLiveAsync(
        Id<Tenant> tenant,
        string action,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        (await ReadAsync(tenant, session => ApprovalTable.FindLiveAsync(session, action), cancellationToken))?.AsOf(now)
            is { IsLive: true } live
            ? live
            : null;

    /// <summary>Those that wait for people, or whose time for it has run out and nobody wrote that down yet.</summary>
    public Task<IReadOnlyList<PendingApproval>> PendingAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        ReadAsync(tenant, ApprovalTable.PendingAsync, cancellationToken);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<ApprovalRecord>> ListAsync(
        Id<Tenant> tenant,
        DateTimeOffset now,
        int most,
        CancellationToken cancellationToken
    ) => PageAsync(tenant, now, ApprovalState.Unknown, after: null, most, cancellationToken);

    /// <summary>A page of them, the newest first.</summary>
    /// <param name="state">Unknown for all.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<ApprovalRecord>> PageAsync(
        Id<Tenant> tenant,
        DateTimeOffset now,
        ApprovalState state,
        (DateTimeOffset At, string Id)? after,
        int most,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await ReadAsync(tenant, session => ApprovalTable.PageAsync(session, now, state, after, most), cancellationToken)).Select(
                one => one.AsOf(now)
            ),
        ];

    /// <summary>Counts one person's vote. One no ends it; as many yes as are needed approve it, and its time to be used begins.</summary>
    public Task<(VoteOutcome Outcome, ApprovalRecord? Record)> VoteAsync(
        Id<Tenant> tenant,
        string id,
        ApprovalVote vote,
        CancellationToken cancellationToken
    ) =>
        WriteAsync<(VoteOutcome, ApprovalRecord?)>(
            tenant,
            async session =>
            {
                await ExpireAsync(session, vote.At);
                if (await ApprovalTable.FindAsync(session, id) is not { } found)
                {
                    return (VoteOutcome.Unknown, null);
                }

                if (Against(found, vote) is { } problem)
                {
                    return (problem, found);
                }

                var after = Counted(found, vote);
                await ApprovalTable.SetAsync(session, found, after, GovernedChange.ApprovalVoted, origin, vote.At);
                return (VoteOutcome.Counted, after);
            },
            cancellationToken
        );

    /// <summary>
    /// Approves it in an emergency, by one person and for as short as that may be. It stays an approval: everything is judged again when it
    /// is used.
    /// </summary>
    /// <param name="perDay">How often the person may in 24 hours, and never more than anybody may.</param>
    public Task<(VoteOutcome Outcome, ApprovalRecord? Record)> BreakGlassAsync(
        Id<Tenant> tenant,
        string id,
        BrokenGlass glass,
        int perDay,
        CancellationToken cancellationToken
    ) =>
        WriteAsync<(VoteOutcome, ApprovalRecord?)>(
            tenant,
            async session =>
            {
                await ExpireAsync(session, glass.At);
                if (await ApprovalTable.FindAsync(session, id) is not { } found)
                {
                    return (VoteOutcome.Unknown, null);
                }

                if (found.State != ApprovalState.Pending || found.ViewDigest != glass.ViewDigest)
                {
                    return (found.State != ApprovalState.Pending ? VoteOutcome.Ended : VoteOutcome.OfAnotherView, found);
                }

                var person = PersonName.Of(glass.Person);
                var before = await BrokenGlassTable.CountAsync(session, person, glass.At - Day);
                if (person.Length == 0 || before >= Math.Min(perDay, BreakGlass.MostPerDay))
                {
                    return (VoteOutcome.TooOften, found);
                }

                var toUse = found.TimeToUse < BreakGlass.MostTimeToUse ? found.TimeToUse : BreakGlass.MostTimeToUse;
                var after = found with { State = ApprovalState.Approved, BrokenGlass = glass, Ends = glass.At + toUse };
                await BrokenGlassTable.AddAsync(session, id, person, glass.At);
                await ApprovalTable.SetAsync(session, found, after, GovernedChange.BreakGlass, origin, glass.At);
                return (VoteOutcome.Counted, after);
            },
            cancellationToken
        );

    /// <summary>Uses an approval. Of any number who try, one gets true.</summary>
    public Task<bool> ConsumeAsync(
        Id<Tenant> tenant,
        string id,
        string decisionId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        MoveAsync(
            tenant,
            id,
            static found => found.State == ApprovalState.Approved,
            found => found with { State = ApprovalState.Consumed, UsedBy = decisionId },
            GovernedChange.ApprovalUsed,
            now,
            cancellationToken
        );

    /// <summary>Takes back what wasn't used. False where there is nothing to take back.</summary>
    public Task<bool> RevokeAsync(Id<Tenant> tenant, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveAsync(
            tenant,
            id,
            static found => found.IsLive,
            static found => found with { State = ApprovalState.Revoked },
            GovernedChange.ApprovalEnded,
            now,
            cancellationToken
        );

    /// <summary>Takes back, by the agent itself, what it asked for and didn't use. False where it has nothing such.</summary>
    public Task<bool> CancelAsync(Id<Tenant> tenant, string id, string agent, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveAsync(
            tenant,
            id,
            found => found.IsLive && found.Agent == agent,
            static found => found with { State = ApprovalState.Cancelled },
            GovernedChange.ApprovalEnded,
            now,
            cancellationToken,
            origin with
            {
                By = $"agent:{agent}",
            }
        );

    /// <summary>One transition, where it may begin at this moment; false, with nothing written, where it may not.</summary>
    private Task<bool> MoveAsync(
        Id<Tenant> tenant,
        string id,
        Func<ApprovalRecord, bool> mayBegin,
        Func<ApprovalRecord, ApprovalRecord> move,
        GovernedChange kind,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        ChangeOrigin? by = null
    ) =>
        WriteAsync(
            tenant,
            async session =>
                await ApprovalTable.FindAsync(session, id) is { } found
                && mayBegin(found.AsOf(now))
                && await ApprovalTable.SetAsync(session, found, move(found), kind, by ?? origin, now),
            cancellationToken
        );

    private static VoteOutcome? Against(ApprovalRecord found, ApprovalVote vote) =>
        found.State != ApprovalState.Pending ? VoteOutcome.Ended
        : found.ViewDigest != vote.ViewDigest ? VoteOutcome.OfAnotherView
        : found.Votes.Any(before => PersonName.Of(before.Person) == PersonName.Of(vote.Person)) ? VoteOutcome.Repeated
        : null;

    private static ApprovalRecord Counted(ApprovalRecord found, ApprovalVote vote)
    {
        var after = found with { Votes = [.. found.Votes, vote] };
        return !vote.Approves ? after with { State = ApprovalState.Denied }
            : after.Votes.Count >= after.Needed ? after with { State = ApprovalState.Approved, Ends = vote.At + after.TimeToUse }
            : after;
    }

    /// <summary>Puts on record what nobody decided or used in time, and forgets what ended long ago: the journal has it.</summary>
    private async Task ExpireAsync(TenantSession session, DateTimeOffset now)
    {
        await ApprovalTable.ForgetAsync(session, now - Kept);
        await BrokenGlassTable.ForgetAsync(session, now - Kept);
        foreach (var ended in await ApprovalTable.EndedAsync(session, now))
        {
            await ApprovalTable.SetAsync(
                session,
                ended,
                ended with
                {
                    State = ApprovalState.Expired,
                },
                GovernedChange.ApprovalEnded,
                origin,
                now
            );
        }
    }

    private Task<T> ReadAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: false, workAsync, cancellationToken);

    private Task<T> WriteAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: true, workAsync, cancellationToken);
}
