using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;

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
        [NotNullWhen(false)] out Refusal? refusal
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

/// <summary>
/// A signature that was made with the agent's key over this request's head and the claimed digest of its body. Two things are still to be
/// done before it counts: the body's digest is compared, and the nonce is consumed. The last of three steps. Immutable.
/// </summary>
internal sealed class VerifiedSignature
{
    private readonly InTimeSignature _inTime;

    private VerifiedSignature(InTimeSignature inTime) => _inTime = inTime;

    public ClaimedIdentity Identity => _inTime.Parsed.Identity;
    public CredentialRecord Record => _inTime.Key.Record;

    /// <summary>What the body's digest must be.</summary>
    public Sha256Digest ClaimedDigest => _inTime.Parsed.ClaimedDigest;

    public string Nonce => _inTime.Parsed.Nonce;
    public DateTimeOffset Created => _inTime.Parsed.Created;
    public DateTimeOffset Expires => _inTime.Parsed.Expires;

    public static bool TryVerify(
        InTimeSignature inTime,
        [NotNullWhen(true)] out VerifiedSignature? signature,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        if (!IsGenuine(inTime))
        {
            (signature, refusal) = (null, SignatureRefusals.Invalid("the signature doesn't verify"));
            return false;
        }

        inTime.Parsed.Profile.Coverages.Keep(inTime.Parsed.Coverage);
        (signature, refusal) = (new VerifiedSignature(inTime), null);
        return true;
    }

    /// <summary>Whether a header is covered, for one that is only known to be read or sent on after the signature was verified.</summary>
    /// <param name="name">In lower case.</param>
    public bool Covers(string name) => _inTime.Parsed.Coverage.Components.Contains(name);

    private static bool IsGenuine(InTimeSignature inTime)
    {
        var parsed = inTime.Parsed;
        var output = new PooledAscii();
        try
        {
            return SignatureBase.TryWrite(parsed.Message, parsed.Coverage.Components, parsed.ParametersText, ref output)
                && inTime.Key.Verifies(output.Written, parsed.Signature);
        }
        finally
        {
            output.Dispose();
        }
    }
}
