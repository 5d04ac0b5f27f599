using System.Runtime.CompilerServices;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// A payment card's number: 12 to 19 digits of a length and beginning that card schemes give (ISO/IEC 7812), in one piece or in groups with
/// a blank or hyphen between, with the right check digit (Luhn).
/// </summary>
internal static class CardPattern
{
    private const int Longest = 19;

    /// <summary>The length of the number that begins at a place; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Nearly every character is told by its first test.
    public static int LengthAt(ReadOnlySpan<byte> text, int at) =>
        text[at] is >= (byte)'2' and <= (byte)'6' && BeginsAt(text, at) ? Length(text, at) : 0;

    private static int Length(ReadOnlySpan<byte> text, int at)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var (count, best) = (0, 0);
        for (var i = at; i < text.Length && count < Longest && char.IsAsciiDigit((char)text[i]); i++)
        {
            digits[count++] = (byte)(text[i] - '0');
            if (EndsAt(text, i + 1) && CardNumber.IsOne(digits[..count]))
            {
                best = i + 1 - at;
            }

            i += i + 1 < text.Length && text[i + 1] is (byte)' ' or (byte)'-' ? 1 : 0;
        }

        return best;
    }

    /// <summary>Not inside of a word or number, nor behind its decimal point.</summary>
    private static bool BeginsAt(ReadOnlySpan<byte> text, int at) =>
        at == 0
        || !(char.IsAsciiLetterOrDigit((char)text[at - 1]) || (text[at - 1] == '.' && at > 1 && char.IsAsciiDigit((char)text[at - 2])));

    private static bool EndsAt(ReadOnlySpan<byte> text, int end) =>
        end == text.Length
        || !(
            char.IsAsciiLetterOrDigit((char)text[end])
            || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit((char)text[end + 1]))
        );
}
