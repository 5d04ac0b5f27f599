using System.Text;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>Reads the literals of strings and bytes: prefixes r and b, single and triple quotes, escapes.</summary>
internal static class StringLiteral
{
    /// <summary>The letters before a quote at a place, perhaps none; null where no literal starts.</summary>
    public static string? PrefixAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 2 && text[end] is 'r' or 'R' or 'b' or 'B')
        {
            end++;
        }

        var prefix = text[at..end];
        var isTwice = prefix.Length == 2 && char.ToLowerInvariant(prefix[0]) == char.ToLowerInvariant(prefix[1]);
        return !isTwice && end < text.Length && text[end] is '"' or '\'' ? prefix : null;
    }

    /// <exception cref="SyntaxException">The literal doesn't end, or has an escape that is none.</exception>
    public static Token Read(string text, ref int at, string prefix)
    {
        var start = at;
        var isRaw = prefix.Contains('r', StringComparison.OrdinalIgnoreCase);
        var isBytes = prefix.Contains('b', StringComparison.OrdinalIgnoreCase);
        var content = Content(text, ref at, prefix.Length, isRaw);
        var range = new TextRange(start, at - start);
        var value = isBytes
            ? CelValue.From(isRaw ? Encoding.UTF8.GetBytes(content) : Escapes.ToBytes(content, range))
            : CelValue.From(isRaw ? content : Escapes.ToText(content, range));
        return new Token(isBytes ? TokenKind.Bytes : TokenKind.String, text[start..at], range, value);
    }

    private static string Content(string text, ref int at, int prefixLength, bool isRaw)
    {
        var start = at;
        at += prefixLength;
        var quote = text[at];
        var isTriple = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        var closing = new string(quote, isTriple ? 3 : 1);
        at += closing.Length;
        var from = at;
        while (at < text.Length && string.CompareOrdinal(text, at, closing, 0, closing.Length) != 0)
        {
            if (!isTriple && text[at] is '\n' or '\r')
            {
                break;
            }

            at += text[at] == '\\' && !isRaw ? 2 : 1;
        }

        if (at >= text.Length || text[at] != quote)
        {
            at = Math.Min(at, text.Length);
            throw new SyntaxException(CelErrorKind.Syntax, new TextRange(start, at - start), "the text literal doesn't end");
        }

        at += closing.Length;
        return text[from..(at - closing.Length)];
    }
}
