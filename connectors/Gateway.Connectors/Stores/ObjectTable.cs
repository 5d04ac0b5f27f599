using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// What providers keep for the agents of one tenant. Each call is a part of the caller's transaction, and names the agent whose the object
/// must be.
/// </summary>
internal static class ObjectTable
{
    private const string Columns = "agent AS Agent, connector AS Connector, kind AS Kind, id AS Id, card AS Card, batch AS Batch";
    private const string IsIt = "agent = @agent AND connector = @connector AND kind = @kind AND id = @id";

    /// <summary>False where it is there already.</summary>
    public static async Task<bool> AddAsync(TenantSession session, OwnedObject made) =>
        await session.ExecuteAsync(
            "INSERT INTO objects (agent, connector, kind, id, card, batch) VALUES (@agent, @connector, @kind, @id, @card, @batch) "
                + "ON CONFLICT DO NOTHING",
            new
            {
                agent = made.Agent.ToString(),
                connector = made.Connector.ToString(),
                kind = (long)made.Kind,
                id = made.Id,
                card = made.Card,
                batch = made.Batch is null ? null : JsonSerializer.Serialize(made.Batch),
            }
        ) == 1;

    /// <returns>The ids of those that the agent has.</returns>
    public static async Task<IReadOnlyList<string>> RefreshAsync(
        TenantSession session,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        IReadOnlyDictionary<string, string> cards
    )
    {
        var found = new List<string>();
        foreach (var (id, card) in cards)
        {
            // Who waits for a batch asks again and again: without a change nothing is written, and nothing waits for the disk.
            if (await FindAsync(session, agent, connector, kind, id) is not { } known)
            {
                continue;
            }

            found.Add(id);
            if (known.Card != card)
            {
                await session.ExecuteAsync($"UPDATE objects SET card = @card WHERE {IsIt}", Names(agent, connector, kind, id, card));
            }
        }

        return found;
    }

    public static async Task<OwnedObject?> FindAsync(
        TenantSession session,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id
    ) => (await session.FindAsync<Row>($"SELECT {Columns} FROM objects WHERE {IsIt}", Names(agent, connector, kind, id)))?.ToObject();

    public static async Task<bool> ForgetAsync(
        TenantSession session,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id
    ) => await session.ExecuteAsync($"DELETE FROM objects WHERE {IsIt}", Names(agent, connector, kind, id)) == 1;

    public static async Task<IReadOnlyList<OwnedObject>> ListAsync(TenantSession session, OwnedPage page)
    {
        // A page that ends before an object is looked for from there, and turned round.
        var isAscending = page.OldestFirst == page.Before is null;
        var edge = page.After ?? page.Before;
        var behind = edge is null ? "" : $"AND number {(isAscending ? '>' : '<')} (SELECT number FROM objects WHERE {IsIt})";
        var rows = await session.QueryAsync<Row>(
            $"SELECT {Columns} FROM objects WHERE agent = @agent AND connector = @connector AND kind = @kind {behind} "
                + "AND (@purpose IS NULL OR json_extract(card, '$.purpose') = @purpose) "
                + $"ORDER BY number {(isAscending ? "ASC" : "DESC")} LIMIT @most",
            new
            {
                agent = page.Agent.ToString(),
                connector = page.Connector.ToString(),
                kind = (long)page.Kind,
                id = edge,
                purpose = page.Purpose,
                most = Math.Max(page.Most, 0),
            }
        );
        var objects = rows.Select(row => row.ToObject());
        return page.Before is null ? [.. objects] : [.. objects.Reverse()];
    }

    private static object Names(Id<Agent> agent, Id<Connector> connector, OwnedKind kind, string id, string card = "") =>
        new
        {
            agent = agent.ToString(),
            connector = connector.ToString(),
            kind = (long)kind,
            id,
            card,
        };

    private sealed class Row
    {
        public string Agent { get; init; } = "";
        public string Connector { get; init; } = "";
        public long Kind { get; init; }
        public string Id { get; init; } = "";
        public string Card { get; init; } = "";
        public string? Batch { get; init; }

        /// <exception cref="JsonException">The column doesn't hold what only Gateway writes there.</exception>
        public OwnedObject ToObject() =>
            new(
                Id<Policy.Model.Agent>.Parse(Agent),
                Id<Policy.Model.Connector>.Parse(Connector),
                (OwnedKind)Kind,
                Id,
                Card,
                Batch is null ? null : JsonSerializer.Deserialize<BatchReading>(Batch)
            );
    }
}
