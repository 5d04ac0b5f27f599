using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.StructuredFields;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Identity;

/// <summary>
/// <c>Content-Digest</c> (RFC 9530 section 2): the digest that the client claims for the body. Nothing is known of the body yet.
/// <c>sha-256</c> must be there. <c>sha-512</c> beside it is refused, since only one of two is checked here and another reader may trust
/// the other; names that aren't active in the registry of section 7.2 are ignored.
/// </summary>
internal static class ContentDigest
{
    /// <value>Characters.</value>
    public const int MaxLength = 1024;

    private const int MaxDigests = 8;

    public static bool TryRead(StringValues field, out Sha256Digest digest, [NotNullWhen(false)] out Refusal? refusal)
    {
        digest = default;
        refusal = SignatureRefusals.Malformed(
            "Content-Digest must be one line with sha-256=:base64:, for an empty body too, and without sha-512."
        );
        return field is { Count: 1 } && field[0] is { Length: <= MaxLength } text && TryReadDigests(text, out digest);
    }

    private static bool TryReadDigests(ReadOnlySpan<char> text, out Sha256Digest digest)
    {
        digest = default;
        var found = false;
        var reader = new StructuredFieldReader(text);
        var seen = new SeenNames(text, stackalloc Range[MaxDigests]);
        while (true)
        {
            var step = reader.NextMember(out var key);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End && found;
            }

            if (!seen.TryAdd(key) || text[key] is "sha-512" || !TryReadBytes(ref reader, out var value))
            {
                return false;
            }

            if (text[key] is "sha-256")
            {
                found = TryDecode(value, out digest);
                if (!found)
                {
                    return false;
                }
            }
        }
    }

    private static bool TryReadBytes(ref StructuredFieldReader reader, out ReadOnlySpan<char> value)
    {
        value = default;
        if (!reader.TryTakeEquals() || !reader.TryReadBareItem(out var item) || item.Kind != BareItemKind.Bytes)
        {
            return false;
        }

        value = item.Text;
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<char> base64, out Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Length];
        var good = StrictBase64.TryDecode(base64, bytes, out var written) && written == Sha256Digest.Length;
        digest = good ? new Sha256Digest(bytes) : default;
        return good;
    }
}
