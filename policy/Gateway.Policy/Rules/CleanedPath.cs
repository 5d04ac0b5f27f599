namespace Gateway.Policy.Rules;

/// <summary>
/// Paths as a file system would take them, without looking at one: <c>.</c> and <c>..</c> resolved, repeated separators joined. Links
/// aren't followed, since policy does no I/O.
/// </summary>
internal static class CleanedPath
{
    /// <summary>
    /// The shortest equal path by the rules of Go's <c>path.Clean</c>, which intents and kill switches are normalised with; <c>.</c> for
    /// nothing.
    /// </summary>
    public static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var kept = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            Append(kept, part, rooted);
        }

        var joined = string.Join('/', kept);
        return rooted ? "/" + joined
            : joined.Length == 0 ? "."
            : joined;
    }

    /// <summary>Cleaned for a comparison that decides: a backslash separates too, because on some systems it does.</summary>
    public static string ForMatching(string path)
    {
        var trimmed = path.AsSpan().Trim();
        return NeedsCleaning(trimmed) ? Clean(trimmed.ToString().Replace('\\', '/'))
            : trimmed.Length == path.Length ? path
            : trimmed.ToString();
    }

    /// <summary>
    /// Whether the value is the prefix or lies below it; a prefix ends at a separator, so <c>/repo</c> doesn't cover <c>/repo-evil</c>.
    /// </summary>
    public static bool IsAtOrBelow(string value, string prefix) =>
        prefix.Length > 0
        && value.StartsWith(prefix, StringComparison.Ordinal)
        && (value.Length == prefix.Length || prefix[^1] == '/' || value[prefix.Length] == '/');

    private static void Append(List<string> kept, string part, bool rooted)
    {
        if (part == ".")
        {
            return;
        }

        if (part != "..")
        {
            kept.Add(part);
        }
        else if (kept.Count > 0 && kept[^1] != "..")
        {
            kept.RemoveAt(kept.Count - 1);
        }
        else if (!rooted)
        {
            kept.Add(part);
        }
    }

    private static bool NeedsCleaning(ReadOnlySpan<char> path) =>
        path.IsEmpty
        || path.Contains('\\')
        || path.Contains("//", StringComparison.Ordinal)
        || path.Contains("/.", StringComparison.Ordinal)
        || path[0] == '.'
        || (path.Length > 1 && path[^1] == '/');
}
