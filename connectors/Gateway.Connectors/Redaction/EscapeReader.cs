using System.Text;

namespace Gateway.Connectors.Redaction;

/// <summary>Reads one escape. None is shorter than what it stands for in UTF-8.</summary>
internal static class EscapeReader
{
    /// <summary>Nothing is wrong with it so far, but it isn't whole.</summary>
    public const int Unfinished = -1;

    private const int LongestNumber = 8;

    /// <returns>How many bytes of the text it takes; 0 for none, or <see cref="Unfinished"/>.</returns>
    /// <param name="decoded">Gets what it stands for: up to four bytes.</param>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        return text[0] switch
        {
            (byte)'\\' => Backslash(text, decoded, out length),
            (byte)'%' => Percent(text, decoded, out length),
            (byte)'&' => Entity(text, decoded, out length),
            _ => 0,
        };
    }

    private static int Backslash(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        if (text.Length < 2)
        {
            return Unfinished;
        }

        switch (text[1])
        {
            case (byte)'u' when text.Length > 2 && text[2] == '{':
                var digits = HexRun(text[3..]);
                return text.Length == 3 + digits ? Unfinished
                    : digits > 0 && text[3 + digits] == '}' ? Character(text.Slice(3, digits), 16, 4 + digits, decoded, out length)
                    : 0;
            case (byte)'u':
                return Unit(text, decoded, out length);
            case (byte)'U':
                return Fixed(text, 2, 8, decoded, out length);
            case (byte)'x':
                return Fixed(text, 2, 2, decoded, out length);
            case >= (byte)'0' and <= (byte)'3':
                var octal = text[1..Math.Min(text.Length, 4)];
                return octal.ContainsAnyExceptInRange((byte)'0', (byte)'7') ? 0
                    : octal.Length < 3 ? Unfinished
                    : Character(octal, 8, 4, decoded, out length);
            default:
                var control = "nrtbf"u8.IndexOf(text[1]);
                if (control < 0 && (char.IsAsciiLetterOrDigit((char)text[1]) || text[1] > 0x7E))
                {
                    return 0;
                }

                (decoded[0], length) = (control < 0 ? text[1] : "\n\r\t\b\f"u8[control], 1);
                return 2;
        }
    }

    /// <summary>One UTF-16 unit, or the two of a pair.</summary>
    private static int Unit(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        var (digits, high) = (HexRun(text[2..Math.Min(text.Length, 6)]), 0);
        if (digits < 4)
        {
            return text.Length == 2 + digits ? Unfinished : 0;
        }

        high = Number(text.Slice(2, 4), 16);
        if (!char.IsHighSurrogate((char)high))
        {
            return Rune.IsValid(high) ? Encoded(high, 6, decoded, out length) : 0;
        }

        var low = text[6..];
        if (low.Length < 6)
        {
            return low.Length == 0 || (low[0] == '\\' && (low.Length == 1 || low[1] == 'u')) ? Unfinished : 0;
        }

        return
            low.StartsWith("\\u"u8) && HexRun(low[2..6]) == 4 && Rune.TryCreate((char)high, (char)Number(low.Slice(2, 4), 16), out var pair)
            ? Encoded(pair.Value, 12, decoded, out length)
            : 0;
    }

    private static int Percent(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        if (text.Length > 1 && text[1] is (byte)'u' or (byte)'U')
        {
            return Fixed(text, 2, 4, decoded, out length);
        }

        var digits = HexRun(text[1..Math.Min(text.Length, 3)]);
        if (digits < 2)
        {
            return text.Length == 1 + digits ? Unfinished : 0;
        }

        (decoded[0], length) = ((byte)Number(text.Slice(1, 2), 16), 1); // A byte of UTF-8, and its neighbours are the others.
        return 3;
    }

    private static int Entity(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        if (text.Length == 1)
        {
            return Unfinished;
        }

        if (text[1] != '#')
        {
            return NamedCharacters.Read(text, decoded, out length);
        }

        var isHex = text.Length > 2 && text[2] is (byte)'x' or (byte)'X';
        var from = isHex ? 3 : 2;
        var digits = isHex ? HexRun(text[Math.Min(from, text.Length)..]) : Run(text[from..], 10);
        if (text.Length == from + digits)
        {
            return digits < LongestNumber ? Unfinished : 0;
        }

        var whole = from + digits + (text[from + digits] == ';' ? 1 : 0); // Browsers take it without its end too.
        return digits == 0 ? 0 : Character(text.Slice(from, digits), isHex ? 16 : 10, whole, decoded, out length);
    }

    private static int Fixed(ReadOnlySpan<byte> text, int from, int count, Span<byte> decoded, out int length)
    {
        length = 0;
        var digits = HexRun(text[from..Math.Min(text.Length, from + count)]);
        return digits == count ? Character(text.Slice(from, count), 16, from + count, decoded, out length)
            : text.Length == from + digits ? Unfinished
            : 0;
    }

    private static int Character(ReadOnlySpan<byte> digits, int radix, int whole, Span<byte> decoded, out int length)
    {
        length = 0;
        var number = Number(digits, radix);
        return Rune.IsValid(number) ? Encoded(number, whole, decoded, out length) : 0;
    }

    private static int Encoded(int value, int whole, Span<byte> decoded, out int length)
    {
        length = new Rune(value).EncodeToUtf8(decoded);
        return whole;
    }

    private static int HexRun(ReadOnlySpan<byte> text) => Run(text, 16);

    private static int Run(ReadOnlySpan<byte> text, int radix)
    {
        var count = 0;
        while (count < text.Length && count < LongestNumber && Digit(text[count]) < radix)
        {
            count++;
        }

        return count;
    }

    private static int Number(ReadOnlySpan<byte> digits, int radix)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = (value * radix) + Digit(digit);
        }

        return value > int.MaxValue ? -1 : (int)value;
    }

    private static int Digit(byte character) =>
        character switch
        {
            >= (byte)'0' and <= (byte)'9' => character - '0',
            >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
            _ => int.MaxValue,
        };
}
