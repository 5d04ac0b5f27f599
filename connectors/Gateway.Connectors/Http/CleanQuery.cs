using System.Buffers;
using System.Text.Unicode;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Checks a query. It is never rewritten: what is accepted goes on byte by byte. Everything here takes the query as it stands in the
/// request target, without the question mark.
/// </summary>
public static class CleanQuery
{
    /// <value>4,096 characters, as they came.</value>
    public const int MaxLength = 4096;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?[]%"
    );

    /// <summary>
    /// False, and a refusal that doesn't repeat it, where a query is too long, wrongly encoded, not UTF-8, or has control characters.
    /// </summary>
    public static bool TryCheck(ReadOnlySpan<char> raw, out Refusal refusal)
    {
        var problem = ProblemOf(raw);
        refusal = problem is null ? default : new Refusal(ReasonCode.MalformedRequest, $"The query {problem}.");
        return problem is null;
    }

    /// <summary>
    /// Whether a checked query has a parameter that a server could take for this one: compared without case, <c>_</c>, <c>-</c> and
    /// <c>.</c>, after up to four decodings, <c>;</c> dividing like <c>&amp;</c>, and without a list's brackets. A name that is encoded
    /// more often counts as it.
    /// </summary>
    public static bool Carries(ReadOnlySpan<char> query, string name) => QueryNames.Any(query, name, QueryNames.AreAlike);

    /// <summary>Whether a checked query has a parameter by which providers take credentials. For the model doors.</summary>
    public static bool CarriesProviderCredential(ReadOnlySpan<char> query) =>
        QueryNames.Any(query, "", static (candidate, _) => ProviderCredentialNames.IsQueryParameter(candidate));

    private static string? ProblemOf(ReadOnlySpan<char> raw)
    {
        if (raw.Length > MaxLength)
        {
            return $"must have at most {MaxLength} characters";
        }

        return raw.ContainsAnyExcept(Allowed) ? "has a character that must be encoded" : ProblemOfEscapes(raw);
    }

    private static string? ProblemOfEscapes(ReadOnlySpan<char> raw)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var length = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            var value = (byte)raw[at];
            if (raw[at] == '%')
            {
                if (!PercentEncoding.TryDecode(raw, at, out value))
                {
                    return "has a percent sign without two hexadecimal digits";
                }

                if (PercentEncoding.IsControl(value))
                {
                    return "has an encoded control character";
                }

                at += 2;
            }

            bytes[length++] = value;
        }

        return Utf8.IsValid(bytes[..length]) ? null : "is not UTF-8 when decoded";
    }
}

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

    private static int NextLetter(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '_' or '-' or '.' or ' ' or '+')
        {
            at++;
        }

        return at < text.Length && text[at] == '[' ? text.Length : at;
    }
}
