namespace Gateway.Policy.Rules;

/// <summary>
/// Patterns as Go's <c>path.Match</c> reads them: <c>*</c> and <c>?</c> match anything but <c>/</c>, <c>[a-z]</c> and <c>[^a-z]</c> one of
/// a class, a backslash takes the next character as it is. Linear in the text for each star; a malformed pattern matches nothing, and is
/// refused when a rule file is read.
/// </summary>
internal static class GlobPattern
{
    public static bool IsWellFormed(string pattern)
    {
        for (var i = 0; i < pattern.Length; )
        {
            if (!TryElement(pattern, i, out var next))
            {
                return false;
            }

            i = next;
        }

        return true;
    }

    public static bool IsMatch(string pattern, string text)
    {
        if (!IsWellFormed(pattern))
        {
            return false;
        }

        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (++p, t);
            }
            else if (p < pattern.Length && Accepts(pattern, p, text, t, out var nextPattern, out var nextText))
            {
                (p, t) = (nextPattern, nextText);
            }
            else if (star < 0 || text[mark] == '/')
            {
                return false;
            }
            else
            {
                (p, t) = (star, ++mark);
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool Accepts(string pattern, int p, string text, int t, out int nextPattern, out int nextText)
    {
        TryElement(pattern, p, out nextPattern);
        nextText = t + (char.IsHighSurrogate(text[t]) && t + 1 < text.Length ? 2 : 1);
        switch (pattern[p])
        {
            case '?':
                return text[t] != '/';
            case '[':
                return text[t] != '/' && InClass(pattern.AsSpan(p + 1, nextPattern - p - 2), text[t]);
            default:
                nextText = t + 1;
                return pattern[nextPattern - 1] == text[t];
        }
    }

    /// <summary>The end of the element that begins here; false where it is malformed.</summary>
    private static bool TryElement(string pattern, int start, out int next)
    {
        next = start + (pattern[start] == '\\' ? 2 : 1);
        if (pattern[start] != '[')
        {
            return next <= pattern.Length;
        }

        var i = start + 1;
        i += i < pattern.Length && pattern[i] == '^' ? 1 : 0;
        var items = 0;
        while (i < pattern.Length && (pattern[i] != ']' || items == 0))
        {
            if (!TryClassItem(pattern, ref i))
            {
                return false;
            }

            items++;
        }

        next = i + 1;
        return items > 0 && i < pattern.Length;
    }

    /// <summary>One character of a class, or a range.</summary>
    private static bool TryClassItem(string pattern, ref int i)
    {
        if (!TryClassCharacter(pattern, ref i))
        {
            return false;
        }

        if (i >= pattern.Length || pattern[i] != '-')
        {
            return true;
        }

        i++;
        return TryClassCharacter(pattern, ref i);
    }

    private static bool TryClassCharacter(string pattern, ref int i)
    {
        if (i >= pattern.Length || pattern[i] is '-' or ']')
        {
            return false;
        }

        i += pattern[i] == '\\' ? 2 : 1;
        return i < pattern.Length;
    }

    /// <param name="items">What stands between the brackets; well formed.</param>
    private static bool InClass(ReadOnlySpan<char> items, char c)
    {
        var negated = items[0] == '^';
        var found = false;
        for (var i = negated ? 1 : 0; i < items.Length; )
        {
            var low = ClassCharacter(items, ref i);
            var high = low;
            if (i < items.Length && items[i] == '-')
            {
                i++;
                high = ClassCharacter(items, ref i);
            }

            found |= c >= low && c <= high;
        }

        return found != negated;
    }

    private static char ClassCharacter(ReadOnlySpan<char> items, ref int i)
    {
        i += items[i] == '\\' ? 1 : 0;
        return items[i++];
    }
}
