using System.Globalization;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>The changes of one tenant, numbered from 1. Each call is a part of the caller's transaction.</summary>
internal static class ChangeTable
{
    /// <value>In what a change says of after it: it was made again, from a journal that knew of it.</value>
    private const string MadeAgain = "made_again";

    /// <value>Whether a change is there: the number alone may be another's.</value>
    public const string Has = "EXISTS (SELECT 1 FROM changes WHERE sequence = @seen AND json_extract(note, '$.Id') = @id)";

    /// <summary>The next change. Those who write take turns (<see cref="TenantDatabases.RunAsync"/>): the numbers have no gaps.</summary>
    /// <returns>True: it is appended, or throws.</returns>
    public static async Task<bool> AppendAsync(TenantSession session, ChangeNote note)
    {
        var sequence = await session.FindAsync<long>(
            "INSERT INTO changes (sequence, kind, subject, reason, at, note) "
                + "SELECT CASE WHEN COALESCE(MAX(sequence), 0) < @above THEN @above "
                + "ELSE COALESCE(MAX(sequence), 0) END + 1, @kind, @subject, @reason, @at, @text FROM changes RETURNING sequence",
            new
            {
                above = session.Above,
                kind = (long)note.Kind,
                subject = note.Subject,
                reason = note.Origin.Reason,
                at = StoreInstant.Format(note.At),
                text = NoteText.Write(session.Above > 0 && note.Kind != GovernedChange.StoreReconciled ? Again(note) : note),
            }
        );
        session.Newest = new ChangeMark(sequence, note.Id);
        return true;
    }

    /// <summary>What isn't known to be on record, oldest first.</summary>
    public static async Task<IReadOnlyList<ChangeNote>> UnrecordedAsync(TenantSession session, int most) =>
        [
            .. (
                await session.QueryAsync<(long Sequence, string? Note)>(
                    "SELECT sequence, note FROM changes WHERE sequence > (SELECT sequence FROM recorded) ORDER BY sequence LIMIT @most",
                    new { most }
                )
            ).Select(row => NoteText.Read(row.Note ?? "") with { Sequence = row.Sequence }),
        ];

    /// <summary>Changes after one, oldest first. One from before there were notes says nothing.</summary>
    public static async Task<IReadOnlyList<ChangeNote>> NotesAfterAsync(TenantSession session, long sequence, int most) =>
        [
            .. (
                await session.QueryAsync<(long Sequence, string Note)>(
                    "SELECT sequence, note FROM changes WHERE sequence > @sequence AND note IS NOT NULL ORDER BY sequence LIMIT @most",
                    new { sequence, most }
                )
            ).Select(row => NoteText.Read(row.Note) with { Sequence = row.Sequence }),
        ];

    /// <summary>As the other, of those that are known to be on record.</summary>
    public static async Task<IReadOnlyList<ChangeNote>> RecordedAfterAsync(TenantSession session, long sequence, int most)
    {
        var recorded = await session.FindAsync<long>("SELECT sequence FROM recorded");
        return [.. (await NotesAfterAsync(session, sequence, most)).TakeWhile(change => change.Sequence <= recorded)];
    }

    /// <summary>The notes of one kind behind a number.</summary>
    public static async Task<IReadOnlyList<ChangeNote>> OfKindAfterAsync(TenantSession session, GovernedChange kind, long sequence) =>
        [
            .. (
                await session.QueryAsync<string>(
                    "SELECT note FROM changes WHERE kind = @kind AND sequence > @sequence AND note IS NOT NULL",
                    new { kind = (long)kind, sequence }
                )
            ).Select(NoteText.Read),
        ];

    /// <returns>True: it is marked, or was.</returns>
    public static async Task<bool> MarkRecordedAsync(TenantSession session, long sequence)
    {
        await session.ExecuteAsync("UPDATE recorded SET sequence = @sequence WHERE sequence < @sequence", new { sequence });
        return true;
    }

    /// <summary>Of this change, whether it is there.</summary>
    public static Task<bool> HasAsync(TenantSession session, ChangeMark mark) =>
        session.FindAsync<bool>($"SELECT {Has}", new { seen = mark.Sequence, id = mark.Id });

    /// <summary>The ids of all that have a note.</summary>
    public static Task<IReadOnlyList<string>> IdsAsync(TenantSession session) =>
        session.QueryAsync<string>("SELECT json_extract(note, '$.Id') FROM changes WHERE note IS NOT NULL");

    /// <summary>
    /// The number of the last change of each subject, of these kinds. What was made again from a journal says nothing: another journal may
    /// know a later one.
    /// </summary>
    public static Task<IReadOnlyList<(long Kind, string Subject, long Sequence)>> LastOfEachAsync(
        TenantSession session,
        IReadOnlyList<GovernedChange> kinds
    ) =>
        session.QueryAsync<(long, string, long)>(
            "SELECT kind, subject, MAX(sequence) FROM changes "
                + $"WHERE kind IN ({string.Join(", ", kinds.Select(kind => (long)kind))}) "
                + $"AND (note IS NULL OR json_extract(note, '$.After.{MadeAgain}') IS NULL) GROUP BY kind, subject"
        );

    private static ChangeNote Again(ChangeNote note) =>
        note with
        {
            After = new(note.After, StringComparer.Ordinal) { [MadeAgain] = "true" },
        };

    /// <summary>The number of the last change; 0 where there is none.</summary>
    public static Task<long> LastAsync(TenantSession session) => session.FindAsync<long>("SELECT COALESCE(MAX(sequence), 0) FROM changes");

    public static async Task<IReadOnlyList<StoreChange>> AfterAsync(TenantSession session, long sequence, int most)
    {
        var rows = await session.QueryAsync<(long Sequence, long Kind, string Subject, string At, string? Id)>(
            "SELECT sequence, kind, subject, at, json_extract(note, '$.Id') FROM changes WHERE sequence > @sequence "
                + "ORDER BY sequence LIMIT @most",
            new { sequence, most = Math.Max(most, 0) }
        );
        if (rows is [.., { Id: { } id } last])
        {
            session.Newest = new ChangeMark(last.Sequence, id);
        }

        return [.. rows.Select(row => new StoreChange(row.Sequence, (GovernedChange)row.Kind, row.Subject, StoreInstant.Parse(row.At)))];
    }
}

/// <summary>Instants as they lie in columns: ISO 8601 in UTC, exact to the tick; of one length, so that they sort as times do.</summary>
internal static class StoreInstant
{
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The column doesn't hold what only Gateway writes there.</exception>
    public static DateTimeOffset Parse(string text) =>
        new(
            DateTime
                .ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.None)
                .ToUniversalTime()
        );
}
