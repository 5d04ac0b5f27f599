using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>Proves a signed request, as far as its head goes: shape, key, time, signature, in this order.</summary>
internal sealed class SignatureVerifier(AgentDirectory directory)
{
    public async ValueTask<Result<VerifiedAgent>> VerifyAsync(ParsedSignature parsed, CancellationToken cancellationToken)
    {
        var identity = parsed.Identity;
        if (!(await directory.FindAsync(identity.Tenant, identity.CredentialId, cancellationToken)).TryGet(out var known, out var refusal))
        {
            return refusal;
        }

        if (known.Key is not { } key)
        {
            return new Refusal(ReasonCode.InvalidSignature, Note: "the key is a bearer's and signs nothing");
        }

        if (
            !InTimeSignature.TryCheck(parsed, key, out var inTime, out refusal)
            || !VerifiedSignature.TryVerify(inTime, out var verified, out refusal)
        )
        {
            return refusal;
        }

        return new VerifiedAgent
        {
            Tenant = verified.Record.Tenant,
            Workspace = verified.Record.Workspace,
            Agent = verified.Record.Agent,
            Uid = verified.Record.AgentUid,
            Strength = AuthStrength.Signed,
            CredentialId = verified.Record.Id,
            Nonce = new NonceUse(verified.Record.Id, verified.Nonce, verified.Created, verified.Expires),
            ClaimedContent = verified.ClaimedDigest,
            Signature = verified,
        };
    }
}

/// <summary>What looking for Gateway's signature gave. The zero value is a refusal.</summary>
internal readonly struct SignatureReading
{
    private readonly Refusal? _refusal;

    private SignatureReading(SignatureReadingKind kind, ParsedSignature? signature, Refusal? refusal)
    {
        Kind = kind;
        Signature = signature;
        _refusal = refusal;
    }

    /// <summary>No signature carries the tag: the request has to prove itself in another way, or not at all.</summary>
    public static SignatureReading NotSigned { get; } = new(SignatureReadingKind.NotSigned, null, null);

    public SignatureReadingKind Kind { get; }

    /// <summary>Null unless the request is signed.</summary>
    public ParsedSignature? Signature { get; }

    /// <summary>Why not; only where <see cref="Kind"/> is a refusal.</summary>
    public Refusal Refusal => _refusal ?? new Refusal(ReasonCode.InternalError);

    public static SignatureReading Signed(ParsedSignature signature) => new(SignatureReadingKind.Signed, signature, null);

    public static SignatureReading Refused(Refusal refusal) => new(SignatureReadingKind.Refused, null, refusal);
}

internal enum SignatureReadingKind
{
    Refused = 0,
    NotSigned = 1,
    Signed = 2,
}

/// <summary>
/// How a signature is refused. What can't be read is the caller's to mend and says how; what can be read and isn't good enough gets the
/// one uniform answer, and the note is for the journal alone.
/// </summary>
internal static class SignatureRefusals
{
    public static Refusal Malformed(string detail) => new(ReasonCode.MalformedRequest, detail);

    public static Refusal Ambiguous(string detail) => new(ReasonCode.AmbiguousRequest, detail);

    public static Refusal Invalid(string note) => new(ReasonCode.InvalidSignature, Note: note);

    public static Refusal Mismatch(string note) => new(ReasonCode.IdentityMismatch, Note: note);
}
