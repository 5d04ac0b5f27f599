using System.Buffers;

namespace Gateway.Policy.Documents;

/// <summary>A stretch of a file's text that begins where a document does.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">In characters.</param>
/// <param name="Line">Its first line in the file, from 1.</param>
internal readonly record struct TextPart(int Start, int Length, int Line);

/// <summary>
/// Divides a file at its separators, so that one document can be read without those around it. A line that begins with <c>---</c> ends
/// whatever stands before it (YAML 1.2.2, 9.1.2), also in the middle of a text in quotes, where it is a fault of syntax.
/// </summary>
internal static class TextParts
{
    private const string Separator = "\n---";

    /// <summary>What else ends a line in YAML 1.1. Where one of them is, lines aren't counted here.</summary>
    private static readonly SearchValues<char> OtherBreaks = SearchValues.Create("\u0085\u2028\u2029");

    /// <summary>
    /// In order; together they are the whole text. A text with directives, with ends of documents that aren't also beginnings, or with a
    /// line that begins with the mark of a key or a value, is one part: the parser knows what they mean to what follows.
    /// </summary>
    public static IReadOnlyList<TextPart> Divide(string text)
    {
        if (
            text.AsSpan().ContainsAny(OtherBreaks)
            || HasLoneReturn(text)
            || HasLineOf("...", text)
            || HasLineOf("%", text)
            || HasBareMark(text)
        )
        {
            return [new TextPart(0, text.Length, 1)];
        }

        var parts = new List<TextPart>();
        var (start, line) = (0, 1);
        for (var next = NextSeparator(text, 0); next >= 0; next = NextSeparator(text, start))
        {
            parts.Add(new TextPart(start, next + 1 - start, line));
            line += text.AsSpan(start, next + 1 - start).Count('\n');
            start = next + 1;
        }

        parts.Add(new TextPart(start, text.Length - start, line));
        return parts;
    }

    /// <summary>The line feed before the next separator; -1 for none.</summary>
    private static int NextSeparator(string text, int from)
    {
        for (var at = from; (at = text.IndexOf(Separator, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var behind = at + Separator.Length;
            if (behind == text.Length || text[behind] is ' ' or '\t' or '\n' or '\r')
            {
                return at;
            }
        }

        return -1;
    }

    private static bool HasLineOf(string beginning, string text) =>
        text.StartsWith(beginning, StringComparison.Ordinal) || text.Contains("\n" + beginning, StringComparison.Ordinal);

    /// <summary>A key without a name, or one behind a question mark: no document has one, and what the parser makes of it depends on what
    /// stands before.</summary>
    private static bool HasBareMark(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
        {
            if (line.TrimStart(" \t-") is [':' or '?', ..])
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLoneReturn(string text)
    {
        for (var at = 0; (at = text.IndexOf('\r', at)) >= 0; at++)
        {
            if (at + 1 == text.Length || text[at + 1] != '\n')
            {
                return true;
            }
        }

        return false;
    }
}
