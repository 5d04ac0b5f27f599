using Dapper;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>
/// What one tenant's file says of its agents' status and level. An agent without a row is as its document says. Each call is a part of the
/// caller's transaction.
/// </summary>
internal static class AgentTables
{
    public static LifecycleStatus? FindLifecycle(SqliteConnection connection, Id<Agent> agent) =>
        (LifecycleStatus?)Find(connection, "SELECT status FROM lifecycle WHERE agent = @agent", agent);

    public static bool SetLifecycle(
        SqliteConnection connection,
        Id<Agent> agent,
        LifecycleStatus status,
        ChangeOrigin origin,
        DateTimeOffset at
    )
    {
        var before = FindLifecycle(connection, agent);
        var row = new
        {
            agent = agent.ToString(),
            status = (long)status,
            at = SqliteInstant.Format(at),
        };
        connection.Execute("INSERT OR REPLACE INTO lifecycle VALUES (@agent, @status, @at)", row);
        return ChangeTable.Append(
            connection,
            NoteText.New(GovernedChange.LifecycleSet, row.agent, origin, at) with
            {
                Before = before is { } was ? Part("status", Vocabulary.Status.Text(was)) : [],
                After = Part("status", Vocabulary.Status.Text(status)),
            }
        );
    }

    public static AtfLevel? FindLevel(SqliteConnection connection, Id<Agent> agent) =>
        (AtfLevel?)Find(connection, "SELECT level FROM levels WHERE agent = @agent", agent);

    public static bool SetLevel(SqliteConnection connection, Id<Agent> agent, AtfLevel? level, ChangeOrigin origin, DateTimeOffset at)
    {
        var before = FindLevel(connection, agent);
        var row = new
        {
            agent = agent.ToString(),
            level = (long?)level,
            at = SqliteInstant.Format(at),
        };
        connection.Execute(
            level is null ? "DELETE FROM levels WHERE agent = @agent" : "INSERT OR REPLACE INTO levels VALUES (@agent, @level, @at)",
            row
        );
        return ChangeTable.Append(
            connection,
            NoteText.New(GovernedChange.LevelSet, row.agent, origin, at) with
            {
                Before = before is { } was ? Part("demoted_to", Vocabulary.Level.Text(was)) : [],
                After = level is { } now ? Part("demoted_to", Vocabulary.Level.Text(now)) : [],
            }
        );
    }

    private static SortedDictionary<string, string> Part(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static long? Find(SqliteConnection connection, string query, Id<Agent> agent) =>
        connection.QuerySingleOrDefault<long?>(query, new { agent = agent.ToString() });
}
