using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// The lists of an endpoint constraint, ready for matching. To be denied it is enough that one way of reading a path is listed; to be
/// allowed all of them must be.
/// </summary>
internal sealed class EndpointPatterns(EndpointConstraint endpoint)
{
    private readonly (string Written, string Clean)[] _allowed = [.. endpoint.PathAllowlist.Select(Both)];
    private readonly (string Written, string Clean)[] _denied = [.. endpoint.PathDenylist.Select(Both)];

    public EndpointConstraint Endpoint { get; } = endpoint;

    public bool DeniesPath(string written, string clean)
    {
        foreach (var pattern in _denied)
        {
            if (
                PathPattern.IsMatch(written, pattern.Written)
                || PathPattern.IsMatch(clean, pattern.Written)
                || PathPattern.IsMatch(clean, pattern.Clean)
            )
            {
                return true;
            }
        }

        return false;
    }

    public bool AllowsPath(string written, string clean) =>
        _allowed.Length == 0
        || (
            Array.Exists(_allowed, pattern => PathPattern.IsMatch(written, pattern.Written))
            && Array.Exists(_allowed, pattern => PathPattern.IsMatch(clean, pattern.Clean))
        );

    public bool DeniesDomain(string domain) => Endpoint.DomainDenylist.Any(pattern => DomainPattern.IsMatch(domain, pattern));

    public bool AllowsDomain(string domain) => Endpoint.DomainAllowlist.Any(pattern => DomainPattern.IsMatch(domain, pattern));

    private static (string Written, string Clean) Both(string pattern) => (pattern, CleanedPath.ForMatching(pattern));
}

/// <summary>Patterns of paths: the path itself, <c>X/**</c> for X and all below it, or a <see cref="GlobPattern"/>.</summary>
public static class PathPattern
{
    private const string Below = "/**";

    public static bool IsMatch(string value, string pattern)
    {
        var (text, wanted) = (value.Trim(), pattern.Trim());
        return wanted.Length > 0
            && (
                text == wanted
                || (wanted.EndsWith(Below, StringComparison.Ordinal) && CleanedPath.IsAtOrBelow(text, Prefix(wanted)))
                || GlobPattern.IsMatch(wanted, text)
            );
    }

    /// <summary><c>/**</c> alone is everything from the root on.</summary>
    private static string Prefix(string pattern) => pattern.Length == Below.Length ? "/" : pattern[..^Below.Length];
}

/// <summary>
/// Patterns of domains, in any case: the domain itself, <c>*.x</c> for whatever ends in <c>.x</c>, or a <see cref="GlobPattern"/>.
/// </summary>
public static class DomainPattern
{
    public static bool IsMatch(string value, string pattern)
    {
        var (text, wanted) = (value.Trim().ToLowerInvariant(), pattern.Trim().ToLowerInvariant());
        return wanted.Length > 0
            && (
                text == wanted
                || (wanted.StartsWith("*.", StringComparison.Ordinal) && text.EndsWith(wanted[1..], StringComparison.Ordinal))
                || GlobPattern.IsMatch(wanted, text)
            );
    }
}
