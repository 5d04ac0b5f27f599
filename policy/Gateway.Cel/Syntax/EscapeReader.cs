using System.Globalization;
using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>Reads one escape: a letter that stands for a character, or the digits of a number.</summary>
internal static class EscapeReader
{
    private const string Simple = "abfnrtv\\?\"'`";
    private const string Meanings = "\a\b\f\n\r\t\v\\?\"'`";

    /// <summary>The number that an escape stands for; moves past it.</summary>
    public static int Next(string content, ref int at, TextRange range, out bool isUnicode)
    {
        var letter = at + 1 < content.Length ? content[at + 1] : '\0';
        at += 2;
        isUnicode = letter is 'u' or 'U';
        if (Simple.IndexOf(letter, StringComparison.Ordinal) is var known and >= 0)
        {
            return Meanings[known];
        }

        return letter switch
        {
            'x' or 'X' => Digits(content, ref at, 2, 16, range),
            'u' => Digits(content, ref at, 4, 16, range),
            'U' => Digits(content, ref at, 8, 16, range),
            >= '0' and <= '3' => Octal(content, ref at, range),
            _ => throw Wrong(range, @"there is no such escape; write \\ for a backslash"),
        };
    }

    private static int Octal(string content, ref int at, TextRange range)
    {
        at--;
        return Digits(content, ref at, 3, 8, range);
    }

    private static int Digits(string content, ref int at, int count, int radix, TextRange range)
    {
        long value = 0;
        for (var i = 0; i < count; i++)
        {
            var digit =
                at < content.Length && char.IsAsciiHexDigit(content[at])
                    ? int.Parse(content.AsSpan(at, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    : radix;
            at++;
            value = digit < radix ? (value * radix) + digit : throw Wrong(range, "an escape has too few digits");
        }

        return value <= int.MaxValue ? (int)value : -1;
    }

    public static SyntaxException Wrong(TextRange range, string message) => new(CelErrorKind.Syntax, range, message);
}
