using System.Buffers;

namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>
/// Base64 with exactly one spelling for each value: padded, no white space, unused bits zero. The base library skips white space and
/// ignores the unused bits, and then two different texts are one signature.
/// </summary>
internal static class StrictBase64
{
    private const int Group = 4;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    );

    public static bool HasOnlyItsAlphabet(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Alphabet);

    /// <summary>False when the text is not strict base64 or decodes to more than <paramref name="bytes"/> holds. Never throws.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return text.Length % Group == 0
            && HasOnlyItsAlphabet(text)
            && Convert.TryFromBase64Chars(text, bytes, out written)
            && LastGroupIsCanonical(text, bytes[..written]);
    }

    private static bool LastGroupIsCanonical(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var rest = bytes.Length % 3 is 0 ? 3 : bytes.Length % 3;
        Span<char> again = stackalloc char[Group];
        return Convert.TryToBase64Chars(bytes[^rest..], again, out _) && text[^Group..].SequenceEqual(again);
    }
}
