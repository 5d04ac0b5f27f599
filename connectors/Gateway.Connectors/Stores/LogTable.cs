using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Stores;

/// <summary>The logs of one tenant's journal. Each call is a part of the caller's transaction. No change of it needs a record.</summary>
internal static class LogTable
{
    private const string Columns = "log, address, writer, size, head, seen, lost";

    public static async Task<ClaimedLog?> FindAsync(TenantSession session, string log) =>
        await session.FindAsync<Row>($"SELECT {Columns} FROM logs WHERE log = @log", new { log }) is { } row ? Read(row) : null;

    /// <summary>In the order of their ids.</summary>
    public static async Task<IReadOnlyList<ClaimedLog>> ListAsync(TenantSession session) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM logs ORDER BY log")).Select(Read)];

    /// <summary>Writes one, whatever stood there.</summary>
    public static async Task SetAsync(TenantSession session, ClaimedLog log)
    {
        await session.ExecuteAsync("DELETE FROM logs WHERE log = @log", new { log = log.Log });
        await session.ExecuteAsync(
            $"INSERT INTO logs ({Columns}) VALUES (@log, @address, @writer, @size, @head, @seen, @lost)",
            new
            {
                log = log.Log,
                address = log.Address,
                writer = log.Writer,
                size = log.Size,
                head = log.Head,
                seen = StoreInstant.Format(log.Seen),
                lost = log.Lost is { } lost ? StoreInstant.Format(lost) : null,
            }
        );
    }

    public static Task RemoveAsync(TenantSession session, string log) =>
        session.ExecuteAsync("DELETE FROM logs WHERE log = @log", new { log });

    private static ClaimedLog Read(Row row) =>
        new(
            row.Log,
            row.Address,
            row.Writer,
            row.Size,
            row.Head,
            StoreInstant.Parse(row.Seen),
            row.Lost is { } lost ? StoreInstant.Parse(lost) : null
        );

    private sealed class Row
    {
        public string Log { get; init; } = "";
        public string Address { get; init; } = "";
        public string Writer { get; init; } = "";
        public long Size { get; init; }
        public string Head { get; init; } = "";
        public string Seen { get; init; } = "";
        public string? Lost { get; init; }
    }
}
