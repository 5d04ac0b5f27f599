using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// Finds what patterns mean in UTF-8 text, in time linear in its length: every pattern looks ahead by a bounded length, or over a run of
/// characters once.
/// </summary>
internal static class TextScanner
{
    /// <summary>The first find at or behind a place. The one that begins first counts, and of those the first that
    /// <see cref="PatternsAt"/> tries.</summary>
    /// <param name="patterns">Best those that are <see cref="PossiblePatterns"/> in the text.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, RedactionPatterns patterns, int from, out TextFind find)
    {
        if (patterns == RedactionPatterns.Email)
        {
            var isFound = EmailPattern.TryFind(text, from, out var start, out var length);
            find = isFound ? new TextFind(RedactionPatterns.Email, start, length) : default;
            return isFound;
        }

        var (anchors, most) = TextAnchors.Of(patterns);
        var anchor = -1;
        for (var at = from; at < text.Length && patterns != 0; at++)
        {
            if (anchors is not null && at > anchor)
            {
                var next = text[at..].IndexOfAny(anchors);
                if (next < 0)
                {
                    break;
                }

                anchor = at + next;
                at = Math.Max(at, anchor - most);
            }

            find = PatternsAt.Find(text, patterns, at);
            if (find.Length > 0)
            {
                return true;
            }
        }

        find = default;
        return false;
    }
}
