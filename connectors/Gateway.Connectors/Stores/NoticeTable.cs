using System.Globalization;
using System.Text.Json;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The notices of one tenant, and up to which change they were made. Each call is a part of the caller's transaction; those who write take
/// turns (<see cref="TenantDatabases.RunAsync"/>).
/// </summary>
internal static class NoticeTable
{
    /// <value>Changes that are looked at in one transaction: who asks for an approval meanwhile waits for it.</value>
    private const int ChangesAtOnce = 100;

    public static async Task<bool> IsBehindAsync(TenantSession session) =>
        await session.FindAsync<long>("SELECT sequence FROM notices_made") < await ChangeTable.LastAsync(session);

    /// <summary>What happened to approvals since the last time; and forgets it.</summary>
    public static async Task<IReadOnlyList<ApprovalEvent>> NextEventsAsync(TenantSession session)
    {
        var after = await session.FindAsync<long>("SELECT sequence FROM notices_made");
        var notes = await ChangeTable.NotesAfterAsync(session, after, ChangesAtOnce);
        var events = new List<ApprovalEvent>();
        foreach (var note in notes)
        {
            if (EventOf(note) is var what and not NoticeEvent.Unknown && await ApprovalTable.FindAsync(session, note.Subject) is { } found)
            {
                var votes = note.After.GetValueOrDefault("votes", "");
                events.Add(new ApprovalEvent(what, note.After["state"], note.Id, votes, note.At, found));
            }
        }

        var last = notes.Count == ChangesAtOnce ? notes[^1].Sequence : await ChangeTable.LastAsync(session);
        await session.ExecuteAsync("UPDATE notices_made SET sequence = @last", new { last });
        return events;
    }

    public static Task AddAsync(TenantSession session, NoticeRecord record) =>
        session.ExecuteAsync(
            "INSERT INTO notices (id, channel, state, at, due, ended, body) VALUES (@id, @channel, @state, @at, @due, @ended, @body) "
                + "ON CONFLICT (id) DO NOTHING",
            Row(record)
        );

    public static Task SetAsync(TenantSession session, NoticeRecord record) =>
        session.ExecuteAsync("UPDATE notices SET state = @state, due = @due, ended = @ended, body = @body WHERE id = @id", Row(record));

    public static async Task<NoticeRecord?> FindAsync(TenantSession session, string id) =>
        Read(await session.FindAsync<string>("SELECT body FROM notices WHERE id = @id", new { id }));

    /// <summary>The one of a channel that is due for the longest; null where none is.</summary>
    public static async Task<NoticeRecord?> FindDueAsync(TenantSession session, string channel, DateTimeOffset now) =>
        Read(
            await session.FindAsync<string>(
                "SELECT body FROM notices WHERE state = 1 AND channel = @channel AND due <= @now ORDER BY due, id LIMIT 1",
                new { channel, now = StoreInstant.Format(now) }
            )
        );

    public static async Task<IReadOnlyList<(string Channel, DateTimeOffset Due)>> DueAsync(TenantSession session) =>
        [
            .. (
                await session.QueryAsync<(string Channel, string Due)>(
                    "SELECT channel, MIN(due) FROM notices WHERE state = 1 GROUP BY channel ORDER BY channel"
                )
            ).Select(row => (row.Channel, StoreInstant.Parse(row.Due))),
        ];

    /// <summary>The newest first.</summary>
    /// <param name="state">Null for any.</param>
    /// <param name="after">Null for the first page.</param>
    public static async Task<IReadOnlyList<NoticeRecord>> PageAsync(
        TenantSession session,
        NoticeState? state,
        (DateTimeOffset At, string Id)? after,
        int most
    ) =>
        [
            .. (
                await session.QueryAsync<string>(
                    "SELECT body FROM notices WHERE (@from IS NULL OR at < @from OR (at = @from AND id > @id)) "
                        + "AND (@state = 0 OR state = @state) ORDER BY at DESC, id LIMIT @most",
                    new
                    {
                        from = after is { } begin ? StoreInstant.Format(begin.At) : null,
                        id = after?.Id,
                        state = (long)(state ?? NoticeState.Unknown),
                        most,
                    }
                )
            ).Select(body => Read(body)!),
        ];

    public static Task<int> RemoveAsync(TenantSession session, NoticeState state, DateTimeOffset before) =>
        session.ExecuteAsync(
            "DELETE FROM notices WHERE state = @state AND ended < @before",
            new { state = (long)state, before = StoreInstant.Format(before) }
        );

    public static Task<bool> NoteAsync(
        TenantSession session,
        NoticeRecord before,
        NoticeRecord after,
        GovernedChange kind,
        ChangeOrigin origin,
        DateTimeOffset at
    ) => ChangeTable.AppendAsync(session, NoteText.New(kind, after.Id, origin, at) with { Before = Parts(before), After = Parts(after) });

    private static SortedDictionary<string, string> Parts(NoticeRecord record)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["approval"] = record.Approval,
            ["attempts"] = record.Attempts.ToString(CultureInfo.InvariantCulture),
            ["channel"] = record.Channel,
            ["event"] = Vocabulary.NoticeEvent.Text(record.Event),
            ["state"] = record.State.ToString().ToLowerInvariant(),
        };
        if (record.Problem.Length > 0)
        {
            parts["problem"] = record.Problem;
        }

        return parts;
    }

    private static NoticeEvent EventOf(ChangeNote note) =>
        (note.Kind, note.After.GetValueOrDefault("state")) switch
        {
            (GovernedChange.ApprovalAsked, _) => NoticeEvent.ApprovalAsked,
            (GovernedChange.ApprovalVoted, "approved" or "denied") => NoticeEvent.ApprovalDecided,
            (GovernedChange.BreakGlass, "approved") => NoticeEvent.ApprovalBrokenGlass,
            (GovernedChange.ApprovalEnded, not null) => NoticeEvent.ApprovalEnded,
            _ => NoticeEvent.Unknown,
        };

    private static NoticeRecord? Read(string? body) =>
        body is null ? null : JsonSerializer.Deserialize<NoticeRecord>(body) ?? throw new FormatException("A notice says nothing.");

    private static object Row(NoticeRecord record) =>
        new
        {
            id = record.Id,
            channel = record.Channel,
            state = (long)record.State,
            at = StoreInstant.Format(record.At),
            due = StoreInstant.Format(record.Due),
            ended = record.Ended is { } ended ? StoreInstant.Format(ended) : null,
            body = JsonSerializer.Serialize(record),
        };
}
