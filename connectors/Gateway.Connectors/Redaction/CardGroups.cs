using System.Buffers;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// A payment card's number in the groups that are printed on cards, with a few separators of any kind between: dots, several blanks, the
/// end of a line. Numbers of four digits one under the other may be anything, so a row that goes on alike is none.
/// </summary>
internal static class CardGroups
{
    /// <value>Digits of the first group, on every card.</value>
    public const int First = 4;

    private const int MostGroups = 5;
    private const int MostDigits = 19;
    private const int MostBetween = 4;

    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n.-_/"u8);

    /// <summary>The lengths behind the first as decimal digits: 4-6-5 is 465.</summary>
    private static bool IsShape(int lengths) => lengths is 4444 or 44443 or 465 or 464 or 445;

    /// <param name="at">Where a group of four begins that stands in no word or number.</param>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        if (at + First >= text.Length || !Separators.Contains(text[at + First]))
        {
            return 0;
        }

        Span<byte> digits = stackalloc byte[MostDigits];
        var (count, lengths, best) = (0, 0, 0);
        var between = text[..0];
        for (var (group, end) = (0, at); group < MostGroups; group++)
        {
            var length = Digits(text[end..], digits[count..]);
            (count, lengths, end) = (count + length, (lengths * 10) + length, end + length);
            if (
                IsShape(lengths)
                && CardPattern.EndsAt(text, end)
                && CardNumber.IsOne(digits[..count])
                && !GoesOn(text, at, end, between, length)
            )
            {
                best = end - at;
            }

            between = Between(text[end..]);
            if (length is < 3 or > 6 || between.IsEmpty)
            {
                break;
            }

            end += between.Length;
        }

        return best;
    }

    /// <summary>Whether there is one more group of four, with the same between, before or behind those of a row.</summary>
    private static bool GoesOn(ReadOnlySpan<byte> text, int start, int end, ReadOnlySpan<byte> between, int last)
    {
        Span<byte> digits = stackalloc byte[First + 1];
        var before = text[..start];
        var behind = text[end..];
        return (last == First && behind.StartsWith(between) && Digits(behind[between.Length..], digits) == First && !between.IsEmpty)
            || (
                before.EndsWith(between)
                && before.Length >= between.Length + First
                && !before[^(between.Length + First)..^between.Length].ContainsAnyExceptInRange((byte)'0', (byte)'9')
                && (before.Length == between.Length + First || !char.IsAsciiLetterOrDigit((char)before[^(between.Length + First + 1)]))
            );
    }

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> text)
    {
        var length = text[..Math.Min(text.Length, MostBetween + 1)].IndexOfAnyExcept(Separators);
        return length is > 0 and <= MostBetween ? text[..length] : default;
    }

    /// <summary>How many digits begin a text: as many as there is room for at most. Gets their values.</summary>
    private static int Digits(ReadOnlySpan<byte> text, Span<byte> values)
    {
        var count = 0;
        while (count < text.Length && count < values.Length && char.IsAsciiDigit((char)text[count]))
        {
            values[count] = (byte)(text[count++] - '0');
        }

        return count;
    }
}
