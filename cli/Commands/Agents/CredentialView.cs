using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Commands.Agents;

/// <summary>What is shown of a credential: never its material.</summary>
internal static class CredentialView
{
    public static JsonObject ToJson(CredentialRecord record, DateTimeOffset now) =>
        new()
        {
            ["id"] = record.Id,
            ["keyId"] = $"{record.Tenant}.{record.Id}",
            ["tenant"] = record.Tenant.ToString(),
            ["workspace"] = record.Workspace.ToString(),
            ["agent"] = record.Agent.ToString(),
            ["kind"] = CredentialKinds.NameOf(record.Kind),
            ["keyVersion"] = record.KeyVersion,
            ["status"] = StatusOf(record, now),
            ["createdAt"] = Text(record.CreatedAt),
            ["expiresAt"] = record.ExpiresAt is { } expires ? Text(expires) : null,
            ["revokedAt"] = record.RevokedAt is { } revoked ? Text(revoked) : null,
        };

    public static string StatusOf(CredentialRecord record, DateTimeOffset now) =>
        record.RevokedAt is not null ? "revoked"
        : record.ExpiresAt <= now ? "expired"
        : "active";

    /// <summary>To the second, in UTC (RFC 3339).</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
