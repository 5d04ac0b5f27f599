using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>A batch does what its file says: as it was read when it came.</summary>
internal static class BatchOfFile
{
    /// <param name="called">A call that makes a batch, of the one file that it names.</param>
    public static async ValueTask<Result<CalledOperation>> ReadAsync(
        CalledOperation called,
        TenantSnapshot tenant,
        Id<Agent> agent,
        OwnedObjects objects
    )
    {
        try
        {
            var file = called.Opened[called.Reading.References[0]];
            var kept = await objects.FindAsync(tenant.Tenant.Id, agent, called.Connector.Id, OwnedKind.File, file);
            return kept?.Batch is { } batch
                ? Read(called, tenant, batch)
                : new Refusal(ReasonCode.UnknownObject, "input_file_id: upload the file for the batch first, with purpose 'batch'.");
        }
        catch (DurableStoreException)
        {
            return ReasonCode.DependencyUnavailable;
        }
    }

    private static Result<CalledOperation> Read(CalledOperation called, TenantSnapshot tenant, BatchReading batch)
    {
        if (EndpointOf(called.Arguments) != batch.Endpoint)
        {
            // Else a provider could take the file's requests for another operation's than they were read as.
            return new Refusal(ReasonCode.MalformedRequest, $"endpoint: must be {batch.Endpoint}, as of the file's requests.");
        }

        var reading = BatchDraft.Reading(batch) with { Unknown = called.Reading.Unknown, References = called.Reading.References };
        return !tenant.TryFindModel(called.Connector.Type, batch.Model, out var connector, out var offer)
            || connector!.Id != called.Connector.Id
                ? new Refusal(ReasonCode.UnknownModel, $"No connector here offers '{batch.Model}'.")
            : ModelPowers.Refuse(reading, connector) is { } closed ? closed
            : called with { Reading = reading, Offer = offer };
    }

    /// <param name="body">JSON that was read strictly.</param>
    private static string? EndpointOf(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("endpoint", out var endpoint) && endpoint.ValueKind == JsonValueKind.String
            ? endpoint.GetString()
            : null;
    }
}
