using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>What looking for Gateway's signature gave. The zero value is a refusal.</summary>
internal readonly struct SignatureReading
{
    private SignatureReading(SignatureReadingKind kind, ParsedSignature? signature, Refusal refusal)
    {
        Kind = kind;
        Signature = signature;
        Refusal = refusal;
    }

    /// <summary>No signature carries the tag: the request has to prove itself in another way, or not at all.</summary>
    public static SignatureReading NotSigned { get; } = new(SignatureReadingKind.NotSigned, null, default);

    public SignatureReadingKind Kind { get; }

    /// <summary>Null unless the request is signed.</summary>
    public ParsedSignature? Signature { get; }

    /// <summary>Why not; only where <see cref="Kind"/> is a refusal.</summary>
    public Refusal Refusal { get; }

    public static SignatureReading Signed(ParsedSignature signature) => new(SignatureReadingKind.Signed, signature, default);

    public static SignatureReading Refused(Refusal refusal) => new(SignatureReadingKind.Refused, null, refusal);
}

internal enum SignatureReadingKind
{
    Refused = 0,
    NotSigned = 1,
    Signed = 2,
}
