using System.Globalization;

namespace Gateway.Cel.Patterns;

/// <summary>Escapes and plain characters of a pattern.</summary>
internal static class PatternEscape
{
    private const string Simple = "aftnrv";
    private const string Meanings = "\a\f\t\n\r\v";
    private const string Folding = "kKsS\u212A\u017F";

    /// <summary>From the backslash on.</summary>
    public static string Read(PatternReader reader, PatternFlags flags)
    {
        reader.Take();
        switch (reader.Peek())
        {
            case 'A':
                reader.Take();
                return @"\A";
            case 'z':
                reader.Take();
                return @"\z";
            case 'Q':
                reader.Take();
                return Quoted(reader, flags);
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                return Class(reader.Take());
            default:
                return Literal(CodePoint(reader), flags);
        }
    }

    /// <summary>The class of a letter such as <c>\d</c>, of ASCII alone as RE2 has it; <c>\D</c> is everything else.</summary>
    public static CodePointSet ClassOf(char letter)
    {
        var set = new CodePointSet();
        foreach (var (from, to) in Ranges(char.ToLowerInvariant(letter)))
        {
            set.Add(from, to);
        }

        return set;
    }

    /// <summary>One character, after the backslash.</summary>
    public static int CodePoint(PatternReader reader)
    {
        var c = reader.Take();
        if (Simple.IndexOf(c, StringComparison.Ordinal) is var known and >= 0)
        {
            return Meanings[known];
        }

        return c switch
        {
            'x' => Hex(reader),
            '0' => reader.Peek() is >= '0' and <= '7' ? reader.TakeNumber(2, 8) : 0,
            >= '1' and <= '7' when reader.Peek() is >= '0' and <= '7' => ((c - '0') * 8) + reader.TakeNumber(1, 8) is var two
            && reader.Peek() is >= '0' and <= '7'
                ? (two * 8) + reader.TakeNumber(1, 8)
                : two,
            'b' or 'B' => throw new PatternException(
                "the pattern has a word boundary, which isn't supported; write what may stand there, such as (^|[^0-9A-Za-z_])"
            ),
            'p' or 'P' => throw new PatternException(
                "the pattern has a Unicode property, which isn't supported; write the characters in a class"
            ),
            _ when char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) => c,
            _ => throw new PatternException("the pattern has an escape that isn't supported"),
        };
    }

    public static string Literal(int codePoint, PatternFlags flags)
    {
        if (codePoint is < 0 or > 0x10FFFF)
        {
            throw new PatternException("the pattern has an escape beyond Unicode");
        }

        if (codePoint > char.MaxValue)
        {
            var set = new CodePointSet();
            set.Add(codePoint, codePoint);
            return Folded(Utf16Class.Write(set, isNegated: false), flags);
        }

        if (flags.IgnoresCase && Folding.Contains((char)codePoint, StringComparison.Ordinal))
        {
            return char.ToUpperInvariant((char)codePoint) is 'K' or '\u212A' ? @"[kK\u212A]" : @"[sS\u017F]";
        }

        return Folded("\\u" + codePoint.ToString("X4", CultureInfo.InvariantCulture), flags);
    }

    /// <summary>Case is ignored group by group, never for the whole pattern.</summary>
    public static string Folded(string text, PatternFlags flags) => flags.IgnoresCase ? $"(?i:{text})" : text;

    private static string Class(char letter) => Utf16Class.Write(ClassOf(letter), isNegated: char.IsAsciiLetterUpper(letter));

    private static string Quoted(PatternReader reader, PatternFlags flags)
    {
        var text = "";
        while (!reader.AtEnd && !reader.TryTake(@"\E"))
        {
            text += Literal(reader.TakeCodePoint(), flags);
        }

        return text.Length > 0 ? text : "(?:)";
    }

    private static int Hex(PatternReader reader)
    {
        if (!reader.TryTake("{"))
        {
            return reader.TakeNumber(2, 16);
        }

        var value = reader.TakeNumber(6, 16);
        return reader.TryTake("}") ? value : throw new PatternException("an escape in the pattern isn't closed");
    }

    private static (int From, int To)[] Ranges(char letter) =>
        letter switch
        {
            'd' => [('0', '9')],
            's' => [('\t', '\n'), ('\f', '\r'), (' ', ' ')],
            _ => [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        };
}
