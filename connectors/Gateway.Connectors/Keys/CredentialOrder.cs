using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Keys;

/// <summary>What somebody wants issued.</summary>
public sealed record CredentialOrder
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Agent { get; init; }

    /// <summary>As its document says; null where that has none.</summary>
    public string? AgentUid { get; init; }

    /// <summary>What people are to call it; null for no name.</summary>
    public string? Name { get; init; }

    public required CredentialKind Kind { get; init; }

    /// <value>From 1; one more than the agent's last where its runtime secret is replaced.</value>
    public int KeyVersion { get; init; } = 1;

    /// <value>From 1 minute to 365 days. Default for a bearer 90 days; for the others none, and they hold until they are revoked.</value>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>ECDSA only: the agent's own public key, PEM (SubjectPublicKeyInfo). Null to have a pair made.</summary>
    public string? PublicKeyPem { get; init; }
}

/// <summary>A credential that was just made.</summary>
/// <param name="Record">What goes into the store; it holds no secret.</param>
/// <param name="ShownOnce">The key's text or the private key's PEM, to be shown to its owner and kept nowhere; null where the owner has it
/// already.</param>
public sealed record IssuedCredential(CredentialRecord Record, Secret? ShownOnce)
{
    /// <summary><c>{tenant}.{id}</c>: what a signature names as its key.</summary>
    public string KeyId => $"{Record.Tenant}.{Record.Id}";
}
