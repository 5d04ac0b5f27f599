using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.StructuredFields;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Identity;

/// <summary>
/// A signature that has the right shape and size and covers what it must. Nothing of it is proven. The first of three steps, each of
/// which can only be made from the one before: this, <see cref="InTimeSignature"/>, <see cref="VerifiedSignature"/>. Immutable.
/// </summary>
internal sealed class ParsedSignature
{
    private const string Separator = ", ";

    private readonly byte[] _signature;
    private readonly string _field;
    private readonly Range _parameters;

    private ParsedSignature(
        SignatureMessage message,
        SignatureProfile profile,
        Coverage coverage,
        ClaimedIdentity identity,
        SignatureParameters parameters,
        Sha256Digest digest,
        byte[] signature,
        string field,
        Range parametersRange
    )
    {
        (Message, Profile, Coverage, Identity, ClaimedDigest) = (message, profile, coverage, identity, digest);
        (_signature, _field, _parameters) = (signature, field, parametersRange);
        Created = DateTimeOffset.FromUnixTimeSeconds(parameters.Created);
        Expires = DateTimeOffset.FromUnixTimeSeconds(parameters.Expires);
        Nonce = parameters.Nonce.ToString();
        Algorithm = parameters.Algorithm;
    }

    public SignatureMessage Message { get; }
    public SignatureProfile Profile { get; }
    public Coverage Coverage { get; }
    public ClaimedIdentity Identity { get; }

    /// <summary>What the client says is the digest of the body; to be compared with the body once that is read.</summary>
    public Sha256Digest ClaimedDigest { get; }

    public DateTimeOffset Created { get; }
    public DateTimeOffset Expires { get; }

    /// <value>22 to 130 characters of base64 or base64url.</value>
    public string Nonce { get; }

    /// <summary>What the client says it signed with; null when it doesn't say.</summary>
    public HttpSignatureAlgorithm? Algorithm { get; }

    /// <value>At most 64 bytes.</value>
    public ReadOnlySpan<byte> Signature => _signature;

    /// <summary>The covered list with its parameters, as it is signed.</summary>
    public ReadOnlySpan<char> ParametersText => _field.AsSpan(_parameters);

    /// <summary>
    /// Reads the signature that carries Gateway's tag. Steps: (1) find it, (2) its list and parameters, (3) what it must cover, (4) who
    /// and which host, (5) the body's claimed digest, (6) the signature's bytes.
    /// </summary>
    /// <param name="declared">Headers that the operation declares, in lower case; each that is present must be covered.</param>
    public static SignatureReading Read(SignatureMessage message, SignatureProfile profile, IReadOnlyList<string> declared)
    {
        // 1
        var lines = message.Field("signature-input");
        if (lines.Count == 0)
        {
            return SignatureReading.NotSigned;
        }

        if (!TryJoin(lines, out var field))
        {
            return Malformed("Signature-Input is longer than 4096 characters.");
        }

        return SignatureInput.Find(field, profile.Coverages, out var tagged) switch
        {
            TagSearch.None => SignatureReading.NotSigned,
            TagSearch.One => ReadTagged(message, profile, declared, field, tagged),
            TagSearch.Several => SignatureReading.Refused(
                SignatureRefusals.Ambiguous($"Two signatures carry the tag {SignatureProfile.Tag}.")
            ),
            TagSearch.Malformed => Malformed("Signature-Input isn't a dictionary of inner lists with each name once (RFC 8941)."),
        };
    }

    private static SignatureReading ReadTagged(
        SignatureMessage message,
        SignatureProfile profile,
        IReadOnlyList<string> declared,
        string field,
        in SignatureInputMember tagged
    )
    {
        // 2
        if ((tagged.Known ?? ReadCoverage(field.AsSpan(tagged.Value))) is not { } coverage)
        {
            return Malformed("The covered components must be at most 64 plain names in lower case, each once and without parameters.");
        }

        if (!tagged.Parameters.IsGood(out var refusal))
        {
            return SignatureReading.Refused(refusal);
        }

        // The text itself is signed (section 3.2 has it serialised again), so it must be its own serialisation.
        if (!tagged.IsCanonical)
        {
            return Malformed("Signature-Input isn't in the canonical form of RFC 8941 section 4.1.");
        }

        // 3, 4, 5
        if (
            !coverage.IsComplete(message, declared, out refusal)
            || !ClaimedIdentity.TryRead(message, tagged.Parameters.KeyId, out var identity, out refusal)
            || !IsForUs(message, profile, out refusal)
            || !ContentDigest.TryRead(message.Field("content-digest"), out var digest, out refusal)
        )
        {
            return SignatureReading.Refused(refusal);
        }

        // 6
        Span<byte> signature = stackalloc byte[SignatureField.MaxSignatureLength];
        return
            TryJoin(message.Field("signature"), out var signatures)
            && SignatureField.TryFind(signatures, field.AsSpan(tagged.Label), signature, out var length)
            ? SignatureReading.Signed(
                new ParsedSignature(
                    message,
                    profile,
                    coverage,
                    identity,
                    tagged.Parameters,
                    digest,
                    signature[..length].ToArray(),
                    field,
                    tagged.Value
                )
            )
            : Malformed("Signature isn't a dictionary of byte sequences with one of 1 to 64 bytes under the label of Signature-Input.");
    }

    private static Coverage? ReadCoverage(ReadOnlySpan<char> text)
    {
        var reader = new StructuredFieldReader(text);
        return Coverage.TryRead(ref reader, text, out var coverage) ? coverage : null;
    }

    private static bool IsForUs(SignatureMessage message, SignatureProfile profile, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = SignatureRefusals.Invalid("the authority is none that Gateway is configured to be reached by");
        return profile.Authorities.Contains(message.Scheme, message.Authority);
    }

    private static SignatureReading Malformed(string detail) => SignatureReading.Refused(SignatureRefusals.Malformed(detail));

    /// <summary>Several lines of a list are one list (RFC 8941 section 4.2). One line, the usual case, is taken as it is.</summary>
    private static bool TryJoin(StringValues lines, out string field)
    {
        field = "";
        var length = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            length += (lines[i]?.Length ?? 0) + (i > 0 ? Separator.Length : 0);
        }

        if (length > SignatureProfile.MaxFieldLength)
        {
            return false;
        }

        field = lines.Count == 1 ? lines[0] ?? "" : string.Join(Separator, lines.ToArray());
        return true;
    }
}
