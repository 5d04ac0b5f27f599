using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>
/// A signature whose key was found, is the agent's, is in force, and whose time window holds now. Its bytes aren't verified yet, so nothing
/// is proven. The second of three steps. Immutable.
/// </summary>
internal sealed class InTimeSignature
{
    private InTimeSignature(ParsedSignature parsed, VerificationKey key)
    {
        Parsed = parsed;
        Key = key;
    }

    public ParsedSignature Parsed { get; }
    public VerificationKey Key { get; }

    /// <param name="key">The key that the caller found for <see cref="ClaimedIdentity.Tenant"/> and
    /// <see cref="ClaimedIdentity.CredentialId"/>.</param>
    public static bool TryCheck(
        ParsedSignature parsed,
        VerificationKey key,
        [NotNullWhen(true)] out InTimeSignature? signature,
        out Refusal refusal
    )
    {
        var now = parsed.Profile.Time.GetUtcNow();
        var fault = KeyFault(parsed, key, now) ?? TimeFault(parsed, now);
        refusal = fault ?? default;
        signature = fault is null ? new InTimeSignature(parsed, key) : null;
        return fault is null;
    }

    private static Refusal? KeyFault(ParsedSignature parsed, VerificationKey key, DateTimeOffset now)
    {
        var (identity, record) = (parsed.Identity, key.Record);
        if (record.Tenant != identity.Tenant || !string.Equals(record.Id, identity.CredentialId, StringComparison.Ordinal))
        {
            return new Refusal(ReasonCode.UnknownKey, Note: "the key that was found isn't the one that the signature names");
        }

        if (record.RevokedAt is not null || record.ExpiresAt <= now)
        {
            return new Refusal(ReasonCode.RevokedCredential, Note: "the key is revoked or has expired");
        }

        if (record.Workspace != identity.Workspace || record.Agent != identity.Agent)
        {
            return SignatureRefusals.Mismatch("the key belongs to another workspace or agent than the headers say");
        }

        return parsed.Algorithm is { } claimed && claimed != key.Algorithm
            ? SignatureRefusals.Invalid("alg differs from what the key's record fixes")
            : null;
    }

    /// <summary>Both ends refuse with the same reason: the remedy is the same, a right clock and a fresh signature.</summary>
    private static Refusal? TimeFault(ParsedSignature parsed, DateTimeOffset now)
    {
        if (now > parsed.Expires)
        {
            return new Refusal(ReasonCode.ExpiredSignature, Note: "expires has passed");
        }

        return now < parsed.Created - parsed.Profile.Skew
            ? new Refusal(ReasonCode.ExpiredSignature, Note: "created is in the future by more than the allowed skew")
            : null;
    }
}
