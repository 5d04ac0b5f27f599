using System.Globalization;
using System.Text;
using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>Resolves the escapes of a literal. In a string a number names a code point, in bytes it names a byte.</summary>
internal static class Escapes
{
    private const string Simple = "abfnrtv\\?\"'`";
    private const string Meanings = "\a\b\f\n\r\t\v\\?\"'`";

    public static string ToText(string content, TextRange range)
    {
        var text = new StringBuilder(content.Length);
        for (var at = 0; at < content.Length; )
        {
            if (content[at] != '\\')
            {
                text.Append(content[at++]);
                continue;
            }

            var rune = Next(content, ref at, range, out _);
            text.Append(Rune.IsValid(rune) ? new Rune(rune).ToString() : throw Wrong(range, "an escape names no Unicode character"));
        }

        return text.ToString();
    }

    public static byte[] ToBytes(string content, TextRange range)
    {
        var bytes = new List<byte>(content.Length);
        for (var at = 0; at < content.Length; )
        {
            if (content[at] != '\\')
            {
                var end = content.IndexOf('\\', at);
                end = end < 0 ? content.Length : end;
                bytes.AddRange(Encoding.UTF8.GetBytes(content[at..end]));
                at = end;
                continue;
            }

            var value = Next(content, ref at, range, out var isUnicode);
            bytes.Add(
                !isUnicode && value <= byte.MaxValue
                    ? (byte)value
                    : throw Wrong(range, @"bytes know no \u or \U, only \x and octal escapes of a byte")
            );
        }

        return [.. bytes];
    }

    /// <summary>The number that an escape stands for; moves past it.</summary>
    private static int Next(string content, ref int at, TextRange range, out bool isUnicode)
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

    private static SyntaxException Wrong(TextRange range, string message) => new(CelErrorKind.Syntax, range, message);
}
