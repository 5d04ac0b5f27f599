using System.Text.Json;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The approvals of one tenant. Each call is a part of the caller's transaction; those who write take turns
/// (<see cref="TenantDatabases.RunAsync"/>), so that what is read here is what is written over.
/// </summary>
internal static class ApprovalTable
{
    private const string Live = "state IN (1, 2)";

    public static async Task<ApprovalRecord?> FindAsync(TenantSession session, string id) =>
        Read(await session.FindAsync<string>("SELECT body FROM approvals WHERE id = @id", new { id }));

    /// <summary>Of an action, what waits for people or for its use; null where nothing does.</summary>
    public static async Task<ApprovalRecord?> FindLiveAsync(TenantSession session, string action) =>
        Read(await session.FindAsync<string>($"SELECT body FROM approvals WHERE action = @action AND {Live}", new { action }));

    /// <summary>The ids of those that wait for people or for their use.</summary>
    public static Task<IReadOnlyList<string>> LiveIdsAsync(TenantSession session) =>
        session.QueryAsync<string>($"SELECT id FROM approvals WHERE {Live}");

    /// <summary>Without what they are about, which may be long.</summary>
    public static async Task<IReadOnlyList<PendingApproval>> PendingAsync(TenantSession session) =>
        [
            .. (await session.QueryAsync<(string At, string Ends)>("SELECT at, ends FROM approvals WHERE state = 1")).Select(
                one => new PendingApproval(StoreInstant.Parse(one.At), StoreInstant.Parse(one.Ends))
            ),
        ];

    public static Task<long> CountLiveAsync(TenantSession session, string agent) =>
        session.FindAsync<long>($"SELECT COUNT(*) FROM approvals WHERE agent = @agent AND {Live}", new { agent });

    /// <summary>The newest first. What ended in time but isn't written down as such counts as expired.</summary>
    public static async Task<IReadOnlyList<ApprovalRecord>> PageAsync(
        TenantSession session,
        DateTimeOffset now,
        ApprovalState state,
        (DateTimeOffset At, string Id)? after,
        int most
    ) =>
        [
            .. (
                await session.QueryAsync<string>(
                    "SELECT body FROM approvals WHERE (@from IS NULL OR at < @from OR (at = @from AND id > @id)) AND (@state = 0 "
                        + $"OR (state = @state AND NOT ({Live} AND ends <= @now)) OR (@state = @expired AND {Live} AND ends <= @now)) "
                        + "ORDER BY at DESC, id LIMIT @most",
                    new
                    {
                        from = after is { } begin ? StoreInstant.Format(begin.At) : null,
                        id = after?.Id,
                        state = (long)state,
                        expired = (long)ApprovalState.Expired,
                        now = StoreInstant.Format(now),
                        most,
                    }
                )
            ).Select(body => Read(body)!),
        ];

    public static async Task<IReadOnlyList<ApprovalRecord>> EndedAsync(TenantSession session, DateTimeOffset now) =>
        [
            .. (
                await session.QueryAsync<string>(
                    $"SELECT body FROM approvals WHERE {Live} AND ends <= @now",
                    new { now = StoreInstant.Format(now) }
                )
            ).Select(body => Read(body)!),
        ];

    public static Task AddAsync(TenantSession session, ApprovalRecord record) =>
        session.ExecuteAsync(
            "INSERT INTO approvals (id, agent, action, state, at, ends, body) VALUES (@id, @agent, @action, @state, @at, @ends, @body)",
            Row(record, record.Ends)
        );

    /// <summary>Removes what ended by then.</summary>
    public static Task ForgetAsync(TenantSession session, DateTimeOffset endedBy) =>
        session.ExecuteAsync(
            $"DELETE FROM approvals WHERE at <= @endedBy AND ends <= @endedBy AND NOT {Live}",
            new { endedBy = StoreInstant.Format(endedBy) }
        );

    /// <summary>Puts what became of it in its place, with a note for the journal.</summary>
    public static async Task<bool> SetAsync(
        TenantSession session,
        ApprovalRecord before,
        ApprovalRecord after,
        GovernedChange kind,
        ChangeOrigin origin,
        DateTimeOffset at
    )
    {
        await session.ExecuteAsync(
            "UPDATE approvals SET state = @state, ends = @ends, body = @body WHERE id = @id",
            Row(after, after.IsLive ? after.Ends : at)
        );
        return await NoteAsync(session, before, after, kind, origin, at);
    }

    public static Task<bool> NoteAsync(
        TenantSession session,
        ApprovalRecord? before,
        ApprovalRecord after,
        GovernedChange kind,
        ChangeOrigin origin,
        DateTimeOffset at
    ) =>
        ChangeTable.AppendAsync(
            session,
            NoteText.New(kind, after.Id, origin, at) with
            {
                Before = before is null ? [] : new(StringComparer.Ordinal) { ["state"] = ApprovalStates.Text(before.State) },
                After = Parts(after),
            }
        );

    private static SortedDictionary<string, string> Parts(ApprovalRecord record)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["action"] = record.Action,
            ["agent"] = record.Agent,
            ["decision_id"] = record.DecisionId,
            ["state"] = ApprovalStates.Text(record.State),
            ["view"] = record.ViewDigest,
        };
        if (record.Votes.Count > 0)
        {
            parts["votes"] = string.Join(", ", record.Votes.Select(vote => $"{vote.Person}: {(vote.Approves ? "yes" : "no")}"));
        }

        if (record.BrokenGlass is { } glass)
        {
            parts["break_glass"] = glass.Person;
            parts["expires"] = StoreInstant.Format(record.Ends);
            parts["reason"] = glass.Reason;
            parts["severity"] = "critical";
            parts["ticket"] = glass.Ticket;
        }

        if (record.UsedBy is not null)
        {
            parts["used_by"] = record.UsedBy;
        }

        return parts;
    }

    private static ApprovalRecord? Read(string? body) =>
        body is null ? null : JsonSerializer.Deserialize<ApprovalRecord>(body) ?? throw new FormatException("An approval says nothing.");

    /// <param name="ends">When it expires, or ended.</param>
    private static object Row(ApprovalRecord record, DateTimeOffset ends) =>
        new
        {
            id = record.Id,
            agent = record.Agent,
            action = record.Action,
            // Says what is live, which is all that is asked of it. The table knows the states up to this one; the body has which it is.
            state = Math.Min((long)record.State, (long)ApprovalState.Revoked),
            at = StoreInstant.Format(record.At),
            ends = StoreInstant.Format(ends),
            body = JsonSerializer.Serialize(record),
        };
}
