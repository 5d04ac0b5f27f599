namespace Gateway.Connectors.Http;

/// <summary>Whether a server could take one parameter's name for another's.</summary>
internal static class QueryLikeness
{
    /// <summary>
    /// Equal without case and separators, up to a list's bracket. One before the name is passed over, as Express' parser does: it takes
    /// <c>[key]</c> for <c>key</c>.
    /// </summary>
    public static bool AreAlike(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        one = one.TrimStart('[');
        other = other.TrimStart('[');
        int i = 0,
            j = 0;
        while (true)
        {
            i = NextLetter(one, i);
            j = NextLetter(other, j);
            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (char.ToUpperInvariant(one[i++]) != char.ToUpperInvariant(other[j++]))
            {
                return false;
            }
        }
    }

    private static int NextLetter(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '_' or '-' or '.' or ' ' or '+' or ']')
        {
            at++;
        }

        return at < text.Length && text[at] == '[' ? text.Length : at;
    }
}
