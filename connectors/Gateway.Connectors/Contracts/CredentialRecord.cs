using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>What the durable store keeps of an agent's credential. Never the secret itself.</summary>
public sealed record CredentialRecord
{
    /// <summary>Public, unique within the tenant: the part of the key id behind the tenant.</summary>
    public required string Id { get; init; }

    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Agent { get; init; }

    /// <summary>The uid of the agent's document when it was issued; null where that had none. It holds for no agent of another.</summary>
    public string? AgentUid { get; init; }

    /// <summary>What people call it, unique among an agent's credentials that hold; null for no name.</summary>
    public string? Name { get; init; }

    public required CredentialKind Kind { get; init; }

    /// <summary>Rises when an agent's runtime secret is replaced; part of the key derivation.</summary>
    public required int KeyVersion { get; init; }

    /// <summary>
    /// Bearer: the keyed hash of the secret, <c>&lt;pepper's id&gt;:&lt;base64&gt;</c>. HMAC: the derived key in an encrypted envelope.
    /// ECDSA: the public key (SubjectPublicKeyInfo), base64.
    /// </summary>
    public required string Material { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

public enum CredentialKind
{
    Unknown = 0,
    Bearer = 1,
    HmacSha256 = 2,
    EcdsaP256Sha256 = 3,
}
