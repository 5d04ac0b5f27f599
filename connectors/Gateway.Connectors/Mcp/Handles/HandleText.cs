using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Connectors.Mcp.Handles;

/// <summary>
/// Base64url without padding (RFC 4648, section 5), of which each value has one text only. All of it is visible ASCII, as
/// <c>Mcp-Session-Id</c> has to be, and stands in a URL as it is.
/// </summary>
internal static class HandleText
{
    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Null for any text that <see cref="Encode"/> doesn't make: blanks, padding and stray bits at the end would give second
    /// texts of one handle.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Letters))
        {
            return null;
        }

        var bytes = new byte[text.Length * 3 / 4];
        var status = Base64Url.DecodeFromChars(text, bytes, out var read, out var written);
        return status == OperationStatus.Done && read == text.Length && written == bytes.Length && EndsExactly(text, bytes) ? bytes : null;
    }

    /// <summary>Whether the last one or two bytes, which don't fill their characters, have no other bits set in them.</summary>
    private static bool EndsExactly(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes)
    {
        Span<char> end = stackalloc char[4];
        var rest = bytes.Length % 3;
        return rest == 0
            || (Base64Url.TryEncodeToChars(bytes[^rest..], end, out var length) && text[^length..].SequenceEqual(end[..length]));
    }
}
