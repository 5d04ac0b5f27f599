using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>
/// Who is calling, and how strongly that is proven. Everything in it comes from the verified credential's record, never from the request
/// alone. That the body fits the signature and the nonce is new is still to be shown.
/// </summary>
public sealed class VerifiedAgent
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Agent { get; init; }
    public required AuthStrength Strength { get; init; }

    /// <summary>The credential's public id, unique in the tenant.</summary>
    public required string CredentialId { get; init; }

    /// <summary>Null for a bearer.</summary>
    public NonceUse? Nonce { get; init; }

    /// <summary>The body's digest that was signed; null for a bearer.</summary>
    public Sha256Digest? ClaimedContent { get; init; }

    /// <summary>Null for a bearer.</summary>
    internal VerifiedSignature? Signature { get; init; }

    /// <summary>Whether a header that goes on is what the agent signed; a bearer signs nothing. The name in lower case.</summary>
    public bool Vouches(string header) => Signature?.Covers(header) ?? true;
}
