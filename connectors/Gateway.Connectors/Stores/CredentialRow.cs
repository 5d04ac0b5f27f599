using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>A credential as it lies in a table: plain columns, instants as ISO 8601 in UTC, exact to the tick.</summary>
internal sealed class CredentialRow
{
    public const string Columns =
        "id AS Id, workspace AS Workspace, agent AS Agent, kind AS Kind, key_version AS KeyVersion, material AS Material, "
        + "created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt";

    public string Id { get; init; } = "";
    public string Workspace { get; init; } = "";
    public string Agent { get; init; } = "";
    public long Kind { get; init; }
    public long KeyVersion { get; init; }
    public string Material { get; init; } = "";
    public string CreatedAt { get; init; } = "";
    public string? ExpiresAt { get; init; }
    public string? RevokedAt { get; init; }

    public static CredentialRow From(CredentialRecord record) =>
        new()
        {
            Id = record.Id,
            Workspace = record.Workspace.ToString(),
            Agent = record.Agent.ToString(),
            Kind = (long)record.Kind,
            KeyVersion = record.KeyVersion,
            Material = record.Material,
            CreatedAt = Text(record.CreatedAt),
            ExpiresAt = record.ExpiresAt is { } expires ? Text(expires) : null,
            RevokedAt = record.RevokedAt is { } revoked ? Text(revoked) : null,
        };

    /// <exception cref="FormatException">A column doesn't hold what only Gateway writes there.</exception>
    public CredentialRecord ToRecord(Id<Tenant> tenant) =>
        new()
        {
            Id = Id,
            Tenant = tenant,
            Workspace = Id<Workspace>.Parse(Workspace),
            Agent = Id<Agent>.Parse(Agent),
            Kind = (CredentialKind)Kind,
            KeyVersion = checked((int)KeyVersion),
            Material = Material,
            CreatedAt = Instant(CreatedAt),
            ExpiresAt = ExpiresAt is null ? null : Instant(ExpiresAt),
            RevokedAt = RevokedAt is null ? null : Instant(RevokedAt),
        };

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) =>
        new(
            DateTime
                .ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.None)
                .ToUniversalTime()
        );
}
