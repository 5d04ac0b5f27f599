using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

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

    public static bool TryVerify(InTimeSignature inTime, [NotNullWhen(true)] out VerifiedSignature? signature, out Refusal refusal)
    {
        if (!IsGenuine(inTime))
        {
            (signature, refusal) = (null, SignatureRefusals.Invalid("the signature doesn't verify"));
            return false;
        }

        inTime.Parsed.Profile.Coverages.Keep(inTime.Parsed.Coverage);
        (signature, refusal) = (new VerifiedSignature(inTime), default);
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
