using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>A credential as it lies in a table: plain columns.</summary>
internal sealed class CredentialRow
{
    public string Id { get; init; } = "";
    public string Workspace { get; init; } = "";
    public string Agent { get; init; } = "";
    public string? AgentUid { get; init; }
    public string? Name { get; init; }
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
            AgentUid = record.AgentUid,
            Name = record.Name,
            Kind = (long)record.Kind,
            KeyVersion = record.KeyVersion,
            Material = record.Material,
            CreatedAt = StoreInstant.Format(record.CreatedAt),
            ExpiresAt = record.ExpiresAt is { } expires ? StoreInstant.Format(expires) : null,
            RevokedAt = record.RevokedAt is { } revoked ? StoreInstant.Format(revoked) : null,
        };

    /// <exception cref="FormatException">A column doesn't hold what only Gateway writes there.</exception>
    public CredentialRecord ToRecord(Id<Tenant> tenant) =>
        new()
        {
            Id = Id,
            Tenant = tenant,
            Workspace = Id<Workspace>.Parse(Workspace),
            Agent = Id<Agent>.Parse(Agent),
            AgentUid = AgentUid,
            Name = Name,
            Kind = (CredentialKind)Kind,
            KeyVersion = checked((int)KeyVersion),
            Material = Material,
            CreatedAt = StoreInstant.Parse(CreatedAt),
            ExpiresAt = ExpiresAt is null ? null : StoreInstant.Parse(ExpiresAt),
            RevokedAt = RevokedAt is null ? null : StoreInstant.Parse(RevokedAt),
        };
}
