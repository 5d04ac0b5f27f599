using System.Globalization;

namespace Gateway.Connectors.Http;

/// <summary>Percent-encoding (RFC 3986 section 2.1).</summary>
internal static class Percent
{
    /// <summary>Reads the two digits behind a percent sign; false where they aren't both hexadecimal.</summary>
    /// <param name="at">Where the percent sign is.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, int at, out byte value)
    {
        value = 0;
        return at + 2 < text.Length
            && char.IsAsciiHexDigit(text[at + 1])
            && char.IsAsciiHexDigit(text[at + 2])
            && byte.TryParse(text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a character never needs encoding (RFC 3986 section 2.3).</summary>
    public static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';

    public static bool IsControl(byte value) => value is < 0x20 or 0x7F;
}
