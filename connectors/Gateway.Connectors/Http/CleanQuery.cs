using System.Diagnostics.CodeAnalysis;
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

    /// <summary>
    /// False, and a refusal that doesn't repeat it, where a query is too long, wrongly encoded, not UTF-8, or has control characters.
    /// </summary>
    public static bool TryCheck(ReadOnlySpan<char> raw, [NotNullWhen(false)] out Refusal? refusal)
    {
        var problem = QueryText.ProblemOf(raw);
        refusal = problem is null ? null : new Refusal(ReasonCode.MalformedRequest, $"The query {problem}.");
        return problem is null;
    }

    /// <summary>
    /// Whether a checked query has a parameter that a server could take for this one: compared without case, <c>_</c>, <c>-</c> and
    /// <c>.</c>, after up to four decodings, <c>;</c> dividing like <c>&amp;</c>, and without a list's brackets. A name that is encoded
    /// more often counts as it.
    /// </summary>
    public static bool Carries(ReadOnlySpan<char> query, string name) => QueryNames.Any(query, name, QueryLikeness.AreAlike);

    /// <summary>Whether a checked query has a parameter by which providers take credentials. For the model doors.</summary>
    public static bool CarriesProviderCredential(ReadOnlySpan<char> query) =>
        QueryNames.Any(query, "", static (candidate, _) => ProviderCredentialNames.IsQueryParameter(candidate));
}
