namespace Gateway.Authoring.Formatting;

/// <summary>A file's comments, by the line that each is in.</summary>
/// <param name="Own">Those that have a line for themselves.</param>
/// <param name="Behind">Those behind something.</param>
/// <param name="Blank">The empty lines.</param>
internal sealed record Comments(SortedDictionary<int, Comment> Own, SortedDictionary<int, Comment> Behind, IReadOnlySet<int> Blank);

/// <param name="Text">From the <c>#</c> on, without blanks at its end.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Comment(string Text, int Column);

/// <summary>
/// Finds the comments of a text: what stands behind a <c>#</c> that no value holds, at a line's start or behind a blank (YAML 1.2.2, 6.6).
/// </summary>
internal static class CommentFinder
{
    public static Comments Find(string text)
    {
        var found = new Comments([], [], new HashSet<int>());
        var blank = (HashSet<int>)found.Blank;
        using var spans = ScalarSpan.Find(text).GetEnumerator();
        var span = spans.MoveNext() ? spans.Current : (From: int.MaxValue, To: int.MaxValue);
        var (line, start) = (1, 0);
        for (var at = 0; at < text.Length; at++)
        {
            while (at >= span.To)
            {
                span = spans.MoveNext() ? spans.Current : (int.MaxValue, int.MaxValue);
            }

            if (text[at] == '\n')
            {
                if (at < span.From && text.AsSpan(start, at - start).Trim().IsEmpty)
                {
                    blank.Add(line);
                }

                (line, start) = (line + 1, at + 1);
            }
            else if (text[at] == '#' && at < span.From && (at == start || text[at - 1] is ' ' or '\t'))
            {
                var end = text.IndexOf('\n', at) is var feed and >= 0 ? feed : text.Length;
                var isOwn = text.AsSpan(start, at - start).Trim().IsEmpty;
                (isOwn ? found.Own : found.Behind)[line] = new Comment(text[at..end].TrimEnd(), at - start + 1);
                at = end - 1;
            }
        }

        return found;
    }
}
