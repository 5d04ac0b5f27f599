using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The kills of one tenant that hold; what was lifted is in the changes. Each call is a part of the caller's transaction; those who write
/// take turns (<see cref="TenantDatabases.RunAsync"/>), so that what is read here is what is written over.
/// </summary>
internal static class KillTable
{
    private const string Columns = "id, scope, target, graceful, author, reason, at";

    /// <summary>The oldest first.</summary>
    public static async Task<IReadOnlyList<Kill>> ListAsync(TenantSession session) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM kills ORDER BY at, id")).Select(Read)];

    public static async Task<Kill?> FindAsync(TenantSession session, string id) =>
        await session.FindAsync<Row>($"SELECT {Columns} FROM kills WHERE id = @id", new { id }) is { } row ? Read(row) : null;

    /// <summary>The one of just this; null for none.</summary>
    private static async Task<Kill?> FindEqualAsync(TenantSession session, Kill kill) =>
        await session.FindAsync<Row>(
            $"SELECT {Columns} FROM kills WHERE scope = @scope AND target = @target",
            new { scope = (long)kill.Scope, target = kill.Target }
        )
            is { } row
            ? Read(row)
            : null;

    /// <summary>The one that holds afterwards: equal kills are one, and at once is more than gracefully.</summary>
    public static async Task<Kill> SetAsync(TenantSession session, Kill kill, ChangeOrigin origin)
    {
        if (await FindEqualAsync(session, kill) is not { } found)
        {
            await AddAsync(session, kill);
            await NoteAsync(session, before: null, kill, origin, kill.At);
            return kill;
        }

        if (kill.IsGraceful || !found.IsGraceful)
        {
            return found;
        }

        var hastened = found with { IsGraceful = false };
        await HastenAsync(session, found.Id);
        await NoteAsync(session, found, hastened, origin, kill.At);
        return hastened;
    }

    private static Task AddAsync(TenantSession session, Kill kill) =>
        session.ExecuteAsync(
            $"INSERT INTO kills ({Columns}) VALUES (@id, @scope, @target, @graceful, @by, @reason, @at)",
            new
            {
                id = kill.Id,
                scope = (long)kill.Scope,
                target = kill.Target,
                graceful = kill.IsGraceful ? 1L : 0L,
                by = kill.By,
                reason = kill.Reason,
                at = StoreInstant.Format(kill.At),
            }
        );

    /// <summary>What runs may not finish any more.</summary>
    private static Task HastenAsync(TenantSession session, string id) =>
        session.ExecuteAsync("UPDATE kills SET graceful = 0 WHERE id = @id", new { id });

    public static Task RemoveAsync(TenantSession session, string id) =>
        session.ExecuteAsync("DELETE FROM kills WHERE id = @id", new { id });

    /// <param name="before">Null where there was none.</param>
    /// <param name="after">Null where there is none any more.</param>
    public static Task NoteAsync(TenantSession session, Kill? before, Kill? after, ChangeOrigin origin, DateTimeOffset at) =>
        ChangeTable.AppendAsync(
            session,
            NoteText.New(after is null ? GovernedChange.KillLifted : GovernedChange.KillSet, (after ?? before)!.Id, origin, at) with
            {
                Before = Parts(before),
                After = Parts(after),
            }
        );

    private static SortedDictionary<string, string> Parts(Kill? kill) =>
        kill is null
            ? []
            : new(StringComparer.Ordinal)
            {
                ["mode"] = kill.IsGraceful ? "graceful" : "at_once",
                ["scope"] = Vocabulary.KillScope.Text(kill.Scope),
                ["target"] = kill.Target,
            };

    /// <summary>A scope of a newer version is none that is known here, and so stops all of the tenant.</summary>
    private static Kill Read(Row row) =>
        new()
        {
            Id = row.Id,
            Scope = Enum.IsDefined((KillScope)row.Scope) ? (KillScope)row.Scope : KillScope.Unknown,
            Target = row.Target,
            IsGraceful = row.Graceful == 1,
            By = row.Author,
            Reason = row.Reason,
            At = StoreInstant.Parse(row.At),
        };

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public long Scope { get; init; }
        public string Target { get; init; } = "";
        public long Graceful { get; init; }
        public string Author { get; init; } = "";
        public string Reason { get; init; } = "";
        public string At { get; init; } = "";
    }
}
