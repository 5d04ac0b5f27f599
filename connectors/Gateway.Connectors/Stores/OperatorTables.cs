using System.Text.Json;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>The operators of one tenant and their keys. Each call is a part of the caller's transaction.</summary>
internal static class OperatorTables
{
    /// <value>What a note says of a password.</value>
    public const string PasswordPart = "password";

    public static async Task<OperatorRecord?> FindAsync(TenantSession session, string name) =>
        Read<OperatorRecord>(await session.FindAsync<string>("SELECT body FROM operators WHERE name = @name", new { name }));

    /// <summary>In the order of their names.</summary>
    public static async Task<IReadOnlyList<OperatorRecord>> ListAsync(TenantSession session) =>
        [.. (await session.QueryAsync<string>("SELECT body FROM operators ORDER BY name")).Select(body => Read<OperatorRecord>(body)!)];

    public static Task PutAsync(TenantSession session, OperatorRecord record) =>
        session.ExecuteAsync(
            "INSERT INTO operators (name, body) VALUES (@name, @body) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
            new { name = record.Name, body = JsonSerializer.Serialize(record) }
        );

    public static Task RemoveAsync(TenantSession session, string name) =>
        session.ExecuteAsync("DELETE FROM operators WHERE name = @name", new { name });

    public static async Task<OperatorKey?> FindKeyAsync(TenantSession session, string id) =>
        Read<OperatorKey>(await session.FindAsync<string>("SELECT body FROM operator_keys WHERE id = @id", new { id }));

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<OperatorKey>> ListKeysAsync(TenantSession session, OperatorKeyKind kind) =>
        [
            .. (
                await session.QueryAsync<string>(
                    "SELECT body FROM operator_keys WHERE kind = @kind ORDER BY at DESC, id",
                    new { kind = (long)kind }
                )
            ).Select(body => Read<OperatorKey>(body)!),
        ];

    public static Task PutKeyAsync(TenantSession session, OperatorKey key) =>
        session.ExecuteAsync(
            "INSERT INTO operator_keys (id, kind, operator, at, ends, body) VALUES (@id, @kind, @owner, @at, @ends, @body) "
                + "ON CONFLICT (id) DO UPDATE SET ends = excluded.ends, body = excluded.body",
            new
            {
                id = key.Id,
                kind = (long)key.Kind,
                owner = key.Operator,
                at = StoreInstant.Format(key.At),
                ends = StoreInstant.Format(key.Ends),
                body = JsonSerializer.Serialize(key),
            }
        );

    public static async Task<bool> RemoveKeyAsync(TenantSession session, string id) =>
        await session.ExecuteAsync("DELETE FROM operator_keys WHERE id = @id", new { id }) == 1;

    /// <summary>All of one operator's: of one kind, or with <see cref="OperatorKeyKind.Unknown"/> of all.</summary>
    public static Task RemoveKeysAsync(TenantSession session, string owner, OperatorKeyKind kind = OperatorKeyKind.Unknown) =>
        session.ExecuteAsync(
            "DELETE FROM operator_keys WHERE operator = @owner AND (kind = @kind OR @kind = 0)",
            new { owner, kind = (long)kind }
        );

    /// <summary>Those that open nothing any more.</summary>
    public static Task RemoveEndedAsync(TenantSession session, DateTimeOffset now) =>
        session.ExecuteAsync("DELETE FROM operator_keys WHERE ends <= @now", new { now = StoreInstant.Format(now) });

    public static Task<bool> NoteAsync(
        TenantSession session,
        GovernedChange kind,
        string subject,
        ChangeOrigin origin,
        DateTimeOffset at,
        OperatorRecord? before,
        OperatorRecord? after
    )
    {
        var note = NoteText.New(kind, subject, origin, at) with { Before = Parts(before), After = Parts(after) };
        if (before?.Password is not null && after?.Password is not null && before.Password != after.Password)
        {
            // Or nobody could tell from the journal that the old one is no good.
            note.After[PasswordPart] = "changed";
        }

        return ChangeTable.AppendAsync(session, note);
    }

    public static Task<bool> NoteAsync(
        TenantSession session,
        GovernedChange kind,
        OperatorKey key,
        ChangeOrigin origin,
        DateTimeOffset at
    ) =>
        ChangeTable.AppendAsync(
            session,
            NoteText.New(kind, key.Id, origin, at) with
            {
                After = new(StringComparer.Ordinal)
                {
                    ["ends"] = StoreInstant.Format(key.Ends),
                    ["kind"] = key.Kind.ToString().ToLowerInvariant(),
                    ["name"] = key.Name,
                    ["operator"] = key.Operator,
                    ["roles"] = RoleNames.Text(key.Roles),
                },
            }
        );

    private static SortedDictionary<string, string> Parts(OperatorRecord? record) =>
        record is null
            ? new(StringComparer.Ordinal)
            : new(StringComparer.Ordinal)
            {
                ["break_glass_until"] = record.BreakGlassUntil is { } until ? StoreInstant.Format(until) : "",
                [PasswordPart] = record.Password is null ? "none" : "set",
                ["person"] = record.Person,
                ["roles"] = RoleNames.Text(record.Roles),
                ["status"] = record.Suspended ? "suspended" : "active",
            };

    private static T? Read<T>(string? body)
        where T : class =>
        body is null ? null : JsonSerializer.Deserialize<T>(body) ?? throw new FormatException("A row about an operator says nothing.");
}
