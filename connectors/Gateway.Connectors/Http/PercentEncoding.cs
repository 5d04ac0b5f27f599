using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Connectors.Http;

/// <summary>Percent-encoding (RFC 3986 section 2.1).</summary>
internal static class PercentEncoding
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

    /// <summary>
    /// Decodes once; false where an escape isn't one, or the bytes aren't UTF-8 (overlong forms and surrogates included).
    /// </summary>
    /// <param name="encoded">ASCII.</param>
    public static bool TryDecode(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            var length = 0;
            for (var at = 0; at < encoded.Length; at++)
            {
                var value = (byte)encoded[at];
                if (encoded[at] == '%')
                {
                    if (!TryDecode(encoded, at, out value))
                    {
                        return false;
                    }

                    at += 2;
                }

                bytes[length++] = value;
            }

            text = Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
            return text is not null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
