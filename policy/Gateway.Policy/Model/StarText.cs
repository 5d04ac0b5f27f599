using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>
/// What a star of a resource's pattern takes. Servers decode and resolve addresses each in its own way, so it takes no text in which one of
/// them could find the end of a segment, the way to another folder, a query or a pattern of its own.
/// </summary>
internal static class StarText
{
    /// <summary>Letters, digits and marks of RFC 3986 that divide nothing.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()+,=:@"
    );

    /// <summary>What is refused in its encoded form too, beside control characters.</summary>
    private static readonly SearchValues<byte> Dividing = SearchValues.Create("./\\%?#&;*"u8);

    /// <summary>A segment of which all is taken.</summary>
    public static bool IsSegment(ReadOnlySpan<char> text) => !IsDots(text) && IsOne(text);

    /// <summary>The folder itself and the one above it.</summary>
    public static bool IsDots(ReadOnlySpan<char> text) => text is "." or "..";

    public static bool IsEmptyOrOne(ReadOnlySpan<char> text) => text.IsEmpty || IsOne(text);

    public static bool IsOne(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                return true;
            }

            text = text[plain..];
            if (!TryDecode(ref text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Takes one encoded character. Beyond ASCII it must be a letter, a digit or a mark on one: of signs, some are slashes and dots to
    /// readers that fold them.
    /// </summary>
    private static bool TryDecode(ref ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < bytes.Length && TryByte(text, count * 3, out bytes[count]) && (count == 0 || bytes[0] >= 0x80))
        {
            count++;
        }

        // Strict: an overlong form of a slash is a slash to some.
        if (count == 0 || Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) != OperationStatus.Done)
        {
            return false;
        }

        text = text[(used * 3)..];
        return rune.IsAscii ? rune.Value is >= ' ' and < 0x7f && !Dividing.Contains((byte)rune.Value) : IsWritten(rune);
    }

    private static bool IsWritten(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool TryByte(ReadOnlySpan<char> text, int at, out byte value)
    {
        value = 0;
        return text.Length >= at + 3
            && text[at] == '%'
            && byte.TryParse(text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
