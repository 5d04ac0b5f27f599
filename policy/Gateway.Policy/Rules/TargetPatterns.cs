namespace Gateway.Policy.Rules;

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
