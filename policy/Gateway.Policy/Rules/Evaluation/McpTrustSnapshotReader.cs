using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Reads a trust snapshot (<c>gait.mcp.trust_snapshot</c> 1.0.0). Two entries for one server make all of it invalid. Never throws for any
/// bytes.
/// </summary>
public static class McpTrustSnapshotReader
{
    public static McpTrustSnapshot Read(ReadOnlySpan<byte> json)
    {
        if (!StrictDocument.TryParse(json, out var document))
        {
            return McpTrustSnapshot.Invalid;
        }

        using (document)
        {
            var errors = new IntentErrors();
            var fields = new JsonFields(document.RootElement, "", errors);
            var entries = fields.Sections("entries", ReadEntry);
            var named = fields.Text("schema_id") is "" or "gait.mcp.trust_snapshot" && fields.Text("schema_version") is "" or "1.0.0";
            fields.End();
            var distinct = entries.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, StringComparer.Ordinal);
            return errors.Any || !named || distinct.Count != entries.Count
                ? McpTrustSnapshot.Invalid
                : new McpTrustSnapshot(McpSnapshotStatus.Known, distinct);
        }
    }

    private static McpTrustEntry ReadEntry(JsonFields fields)
    {
        var server = new McpServer(fields.Text("server_id"), fields.Text("server_name"));
        return new McpTrustEntry
        {
            Key = fields.Required("server_id", server.Key),
            Publisher = fields.Lower("publisher"),
            Status = fields.Lower("status"),
            UpdatedAt = fields.Time("updated_at"),
            Score = ReadScore(fields),
            RegistryVerified = fields.Section("registry_verification", ReadRegistry) is { Verified: true },
        };
    }

    private static double ReadScore(JsonFields fields)
    {
        if (fields.Any("score") is not { } score)
        {
            return 0;
        }

        if (score.ValueKind == JsonValueKind.Number && score.TryGetDouble(out var value))
        {
            return value;
        }

        fields.Fail("score", "It must be a number.");
        return 0;
    }

    private static Registry ReadRegistry(JsonFields fields) =>
        new(
            fields.Flag("signature_verified")
                & fields.Flag("publisher_allowed")
                & (!fields.Flag("pin_present") | fields.Flag("pin_verified"))
        );

    private sealed record Registry(bool Verified);
}
