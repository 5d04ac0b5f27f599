namespace Gateway.Authoring.Formatting;

/// <summary>A text behind <c>|</c> or <c>&gt;</c>, found by its lines (YAML 1.2.2, 8.1).</summary>
/// <param name="Header">Such as <c>|-</c>, without a number.</param>
/// <param name="HasNumber">Its indentation is written, not told by its first line.</param>
/// <param name="Content">From behind the header's line to behind the last line.</param>
internal sealed record BlockText(string Header, bool HasNumber, IReadOnlyList<string> Lines, (int From, int To) Content)
{
    /// <param name="start">The place of the <c>|</c>.</param>
    public static BlockText Read(string text, int start)
    {
        var end = start + 1;
        var header = text[start].ToString();
        var number = 0;
        for (; end < text.Length && text[end] is '+' or '-' or (>= '1' and <= '9'); end++)
        {
            header += text[end] is '+' or '-' ? text[end] : "";
            number = char.IsAsciiDigit(text[end]) ? text[end] - '0' : number;
        }

        var from = EndOfLine(text, end) + 1;
        var indent = number > 0 ? IndentOfParent(text, start) + number : IndentOf(text, from);
        return new BlockText(header, number > 0, [], (from, from)).Take(text, from, indent);
    }

    private BlockText Take(string text, int from, int indent)
    {
        var lines = new List<string>();
        var (at, to, kept) = (from, from, 0);
        while (at < text.Length && indent > 0)
        {
            var end = EndOfLine(text, at);
            var line = text[at..end];
            var isBlank = line.AsSpan().Trim(' ').IsEmpty;
            if (!isBlank && line.Length - line.TrimStart(' ').Length < indent)
            {
                break;
            }

            lines.Add(line.Length > indent ? line[indent..] : "");
            at = end + 1;
            if (!isBlank || Header.EndsWith('+'))
            {
                (to, kept) = (Math.Min(at, text.Length), lines.Count);
            }
        }

        return this with
        {
            Lines = lines[..kept],
            Content = (from, to),
        };
    }

    /// <summary>That of the first line with anything in it; 0 for none.</summary>
    private static int IndentOf(string text, int from)
    {
        for (var at = from; at < text.Length; at = EndOfLine(text, at) + 1)
        {
            var line = text[at..EndOfLine(text, at)];
            if (!line.AsSpan().Trim(' ').IsEmpty)
            {
                return line.Length - line.TrimStart(' ').Length;
            }
        }

        return 0;
    }

    /// <summary>That of what the text belongs to: the field or the last dash on its line.</summary>
    private static int IndentOfParent(string text, int start)
    {
        var line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var at = line;
        while (at < start && (text[at] == ' ' || (text[at] == '-' && text[at + 1] == ' ')))
        {
            at++;
        }

        return at >= start ? text.LastIndexOf('-', start) - line : at - line;
    }

    private static int EndOfLine(string text, int at) =>
        text.IndexOf('\n', Math.Min(at, text.Length)) is var end and >= 0 ? end : text.Length;
}
