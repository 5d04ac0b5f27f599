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
