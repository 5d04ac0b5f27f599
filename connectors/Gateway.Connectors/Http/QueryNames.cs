namespace Gateway.Connectors.Http;

/// <summary>Looks at the names of a query's parameters as a server could read them.</summary>
internal static class QueryNames
{
    private const int MaxDecodings = 4;

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

    private static bool TestOne(ReadOnlySpan<char> candidate, ReadOnlySpan<char> name, Test test)
    {
        for (var decodings = 0; decodings <= MaxDecodings; decodings++)
        {
            if (test(candidate, name))
            {
                return true;
            }

            var hasEscapes = candidate.Contains('%') || candidate.Contains('+');
            if (!hasEscapes || !PercentEncoding.TryDecode(candidate.ToString().Replace('+', ' '), out var decoded))
            {
                return false;
            }

            candidate = decoded;
        }

        return true; // Nobody encodes a name so often who doesn't hide it.
    }
}
