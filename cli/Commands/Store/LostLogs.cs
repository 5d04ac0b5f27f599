using System.Text.Json.Nodes;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Store;

/// <summary>Logs of the journal that the store knows, and that their replica started without.</summary>
internal static class LostLogs
{
    /// <summary>None where the store has no such table yet: then no replica ever told it of one.</summary>
    public static async Task<IReadOnlyList<ClaimedLog>> FindAsync(SqlStore store, Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await new LogStore(store.Databases).ListAsync(tenant, cancellationToken)).Where(log => log.Lost is not null)];
        }
        catch (DurableStoreException)
        {
            return [];
        }
    }

    /// <summary>A sentence with the head, which whoever kept copies elsewhere can hold against them.</summary>
    public static string Sentence(Id<Tenant> tenant, ClaimedLog log) =>
        $"The log {log.Log} of '{tenant}' was lost with the volume of the replica at {log.Address}, at {InstantText.Of(log.Lost!.Value)} "
        + $"or before; its last known head is of {log.Size} records, from {InstantText.Of(log.Seen)}.";

    public static JsonNode Json(ClaimedLog log) =>
        new JsonObject
        {
            ["log"] = log.Log,
            ["address"] = log.Address,
            ["lost"] = InstantText.Of(log.Lost!.Value),
            ["seen"] = InstantText.Of(log.Seen),
            ["records"] = log.Size,
            ["head"] = log.Head,
        };
}
