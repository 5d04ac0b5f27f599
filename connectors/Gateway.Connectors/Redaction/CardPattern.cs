using System.Globalization;
using System.Runtime.CompilerServices;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// A payment card's number: 12 to 19 digits of a length and beginning that card schemes give (ISO/IEC 7812), in one piece or in groups with
/// a blank or hyphen between, with the right check digit (Luhn); with other and more separators only in the groups that cards have
/// (<see cref="CardGroups"/>).
/// </summary>
internal static class CardPattern
{
    private const int Longest = 19;

    /// <value>Characters of a number of JSON that isn't plain digits. Of fewer it is a round one.</value>
    private const int FewestWritten = 12;

    private const int MostWritten = 64;

    /// <summary>The length of the number that begins at a place; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Nearly every character is told by its first test.
    public static int LengthAt(ReadOnlySpan<byte> text, int at) =>
        text[at] is >= (byte)'2' and <= (byte)'6' && BeginsAt(text, at) ? Length(text, at) : 0;

    /// <summary>Whether a number of JSON is one, however it is written: <c>4111111111111111.0</c>, <c>4.111111111111111e15</c>.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> number)
    {
        if (LengthAt(number, 0) == number.Length)
        {
            return true;
        }

        Span<byte> digits = stackalloc byte[Longest + 1];
        if (
            number.Length is < FewestWritten or > MostWritten
            || !number.ContainsAny("-.eE"u8)
            || !decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || value != decimal.Truncate(value)
            || !Math.Abs(value).TryFormat(digits, out var count, "F0", CultureInfo.InvariantCulture)
        )
        {
            return false;
        }

        foreach (ref var digit in digits[..count])
        {
            digit -= (byte)'0';
        }

        return count <= Longest && CardNumber.IsOne(digits[..count]);
    }

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

        return Math.Max(best, CardGroups.LengthAt(text, at));
    }

    /// <summary>Not inside of a word or number, nor behind its decimal point.</summary>
    private static bool BeginsAt(ReadOnlySpan<byte> text, int at) =>
        at == 0
        || !(char.IsAsciiLetterOrDigit((char)text[at - 1]) || (text[at - 1] == '.' && at > 1 && char.IsAsciiDigit((char)text[at - 2])));

    /// <summary>Not inside of a word or number. Behind its decimal point there may be zeros.</summary>
    internal static bool EndsAt(ReadOnlySpan<byte> text, int end)
    {
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit((char)text[end + 1]))
        {
            var zeros = text[(end + 1)..].IndexOfAnyExcept((byte)'0');
            return zeros < 0 || (zeros > 0 && !IsOfANumber(text[(end + 1 + zeros)..]));
        }

        return end == text.Length || !char.IsAsciiLetterOrDigit((char)text[end]);
    }

    private static bool IsOfANumber(ReadOnlySpan<byte> rest) =>
        char.IsAsciiLetterOrDigit((char)rest[0]) || (rest[0] == '.' && rest.Length > 1 && char.IsAsciiDigit((char)rest[1]));
}
