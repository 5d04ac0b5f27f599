using System.Globalization;
using Dapper;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>The changes of one tenant's file, numbered from 1. Each call is a part of the caller's transaction.</summary>
internal static class ChangeTable
{
    /// <summary>The next change; the write lock that the transaction holds keeps the numbers without gaps.</summary>
    /// <returns>True: it is appended, or throws.</returns>
    public static bool Append(SqliteConnection connection, ChangeNote note) =>
        connection.Execute(
            "INSERT INTO changes (sequence, kind, subject, reason, at, note) "
                + "SELECT COALESCE(MAX(sequence), 0) + 1, @kind, @subject, @reason, @at, @text FROM changes",
            new
            {
                kind = (long)note.Kind,
                subject = note.Subject,
                reason = note.Origin.Reason,
                at = SqliteInstant.Format(note.At),
                text = NoteText.Write(note),
            }
        ) == 1;

    /// <summary>What isn't known to be on record, oldest first.</summary>
    public static IReadOnlyList<ChangeNote> Unrecorded(SqliteConnection connection, int most) =>
        [
            .. connection
                .Query<(long Sequence, string? Note)>(
                    "SELECT sequence, note FROM changes WHERE sequence > (SELECT sequence FROM recorded) ORDER BY sequence LIMIT @most",
                    new { most }
                )
                .Select(row => NoteText.Read(row.Note ?? "") with { Sequence = row.Sequence }),
        ];

    /// <returns>True: it is marked, or was.</returns>
    public static bool MarkRecorded(SqliteConnection connection, long sequence) =>
        connection.Execute("UPDATE recorded SET sequence = MAX(sequence, @sequence)", new { sequence }) == 1;

    public static IReadOnlyList<StoreChange> After(SqliteConnection connection, long sequence, int most) =>
        [
            .. connection
                .Query<(long Sequence, long Kind, string Subject, string At)>(
                    "SELECT sequence, kind, subject, at FROM changes WHERE sequence > @sequence ORDER BY sequence LIMIT @most",
                    new { sequence, most = Math.Max(most, 0) }
                )
                .Select(row => new StoreChange(row.Sequence, (GovernedChange)row.Kind, row.Subject, SqliteInstant.Parse(row.At))),
        ];
}

/// <summary>Instants as they lie in columns: ISO 8601 in UTC, exact to the tick.</summary>
internal static class SqliteInstant
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
