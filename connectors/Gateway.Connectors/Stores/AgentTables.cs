using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// What is kept of one tenant's agents' status and level. An agent without a row is as its document says. Each call is a part of the
/// caller's transaction.
/// </summary>
internal static class AgentTables
{
    /// <value>What a note says of a status that was set.</value>
    private const string Status = "status";

    /// <value>What a note says of a level that an agent was demoted to.</value>
    private const string Level = "demoted_to";

    public static async Task<LifecycleStatus?> FindLifecycleAsync(TenantSession session, Id<Agent> agent) =>
        (LifecycleStatus?)await FindAsync(session, "SELECT status FROM lifecycle WHERE agent = @agent", agent.ToString());

    public static async Task<bool> SetLifecycleAsync(
        TenantSession session,
        Id<Agent> agent,
        LifecycleStatus status,
        ChangeOrigin origin,
        DateTimeOffset at
    )
    {
        var before = await FindLifecycleAsync(session, agent);
        var note = NoteText.New(GovernedChange.LifecycleSet, agent.ToString(), origin, at) with
        {
            Before = before is { } was ? Part(Status, Vocabulary.Status.Text(was)) : [],
            After = Part(Status, Vocabulary.Status.Text(status)),
        };
        await WriteLifecycleAsync(session, note.Subject, status, at);
        return await ChangeTable.AppendAsync(session, note);
    }

    public static async Task<AtfLevel?> FindLevelAsync(TenantSession session, Id<Agent> agent) =>
        (AtfLevel?)await FindAsync(session, "SELECT level FROM levels WHERE agent = @agent", agent.ToString());

    /// <summary>Demotes an agent, or lifts its demotion; a demotion to less stays.</summary>
    public static async Task<bool> SetLevelAsync(
        TenantSession session,
        Id<Agent> agent,
        AtfLevel? level,
        ChangeOrigin origin,
        DateTimeOffset at
    )
    {
        var before = await FindLevelAsync(session, agent);
        if (level > before)
        {
            return false;
        }

        var note = NoteText.New(GovernedChange.LevelSet, agent.ToString(), origin, at) with
        {
            Before = before is { } was ? Part(Level, Vocabulary.Level.Text(was)) : [],
            After = level is { } now ? Part(Level, Vocabulary.Level.Text(now)) : [],
        };
        await WriteLevelAsync(session, note.Subject, level, at);
        return await ChangeTable.AppendAsync(session, note);
    }

    private static Task WriteLifecycleAsync(TenantSession session, string agent, LifecycleStatus status, DateTimeOffset at) =>
        session.ExecuteAsync(
            "INSERT INTO lifecycle (agent, status, at) VALUES (@agent, @status, @at) "
                + "ON CONFLICT (agent) DO UPDATE SET status = excluded.status, at = excluded.at",
            new
            {
                agent,
                status = (long)status,
                at = StoreInstant.Format(at),
            }
        );

    private static Task WriteLevelAsync(TenantSession session, string agent, AtfLevel? level, DateTimeOffset at) =>
        session.ExecuteAsync(
            level is null
                ? "DELETE FROM levels WHERE agent = @agent"
                : "INSERT INTO levels (agent, level, at) VALUES (@agent, @level, @at) "
                    + "ON CONFLICT (agent) DO UPDATE SET level = excluded.level, at = excluded.at",
            new
            {
                agent,
                level = (long?)level,
                at = StoreInstant.Format(at),
            }
        );

    private static SortedDictionary<string, string> Part(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static Task<long?> FindAsync(TenantSession session, string query, string agent) =>
        session.FindAsync<long?>(query, new { agent });
}
