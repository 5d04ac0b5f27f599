namespace Gateway.Connectors.Http;

/// <summary>Looks at the names of a query's parameters as a server could read them.</summary>
internal static class QueryNames
{
    private const int MostDecodings = 4;

    public delegate bool Test(ReadOnlySpan<char> candidate, ReadOnlySpan<char> name);

    public static bool Any(ReadOnlySpan<char> query, ReadOnlySpan<char> name, Test test)
    {
        foreach (var range in query.SplitAny('&', ';'))
        {
            var parameter = query[range];
            var equals = parameter.IndexOf('=');
            if (TestOne(equals < 0 ? parameter : parameter[..equals], name, test))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Equal without case and separators, up to a list's bracket.</summary>
    public static bool AreAlike(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
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

    private static bool TestOne(ReadOnlySpan<char> candidate, ReadOnlySpan<char> name, Test test)
    {
        for (var decodings = 0; decodings <= MostDecodings; decodings++)
        {
            if (test(candidate, name))
            {
                return true;
            }

            var hasEscapes = candidate.Contains('%') || candidate.Contains('+');
            if (!hasEscapes || !DecodedText.TryDecode(candidate.ToString().Replace('+', ' '), out var decoded))
            {
                return false;
            }

            candidate = decoded;
        }

        return true; // Nobody encodes a name so often who doesn't hide it.
    }

    private static int NextLetter(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '_' or '-' or '.' or ' ' or '+')
        {
            at++;
        }

        return at < text.Length && text[at] == '[' ? text.Length : at;
    }
}
