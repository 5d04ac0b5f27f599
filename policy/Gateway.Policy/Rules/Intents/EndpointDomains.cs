using System.Buffers;

namespace Gateway.Policy.Rules.Intents;

/// <summary>The domain that a host or a URL names.</summary>
internal static class EndpointDomains
{
    private static readonly SearchValues<char> EndOfAuthority = SearchValues.Create("/?#");

    // Where one of these stands, two readers of the same URL can come to two hosts (WHATWG URL reads \ as /).
    private static readonly SearchValues<char> Doubtful = SearchValues.Create("\\@ \t\r\n%<>\"^`{|}");

    /// <summary>What goes into the intent where the caller gives no domain; lower case, empty where there is none.</summary>
    public static string Infer(string kind, string value) =>
        kind switch
        {
            "host" => FromHost(value).ToLowerInvariant(),
            "url" => FromUrl(value),
            _ => "",
        };

    /// <summary>
    /// What the value really names, for checks that allow: empty where that is in doubt. A dot at the end is the same host.
    /// </summary>
    public static string Actual(string kind, string value) =>
        kind switch
        {
            "host" => Certain(Bracketed(value) ?? FromHost(value)),
            "url" => value.Contains('\\') ? "" : Certain(FromUrl(value)),
            _ => "",
        };

    private static string Certain(string host) => host.AsSpan().ContainsAny(Doubtful) ? "" : host.Trim().TrimEnd('.').ToLowerInvariant();

    private static string FromHost(string value)
    {
        var host = value.Trim();
        host = host.StartsWith("http://", StringComparison.Ordinal) ? host["http://".Length..] : host;
        host = host.StartsWith("https://", StringComparison.Ordinal) ? host["https://".Length..] : host;
        host = host.Split('/')[0];
        return host.Split(':')[0].Trim();
    }

    private static string FromUrl(string value)
    {
        var start = value.IndexOf("//", StringComparison.Ordinal);
        if (start < 0 || (start > 0 && (value[start - 1] != ':' || !IsScheme(value.AsSpan(0, start - 1)))))
        {
            return "";
        }

        var authority = value.AsSpan(start + 2);
        var end = authority.IndexOfAny(EndOfAuthority);
        authority = end < 0 ? authority : authority[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        if (Bracketed(authority.ToString()) is { } address)
        {
            return address;
        }

        var port = authority.LastIndexOf(':');
        var host = port < 0 ? authority : authority[..port];
        return host.ContainsAny(Doubtful) ? "" : host.ToString().ToLowerInvariant();
    }

    /// <summary>RFC 3986 section 3.1.</summary>
    private static bool IsScheme(ReadOnlySpan<char> scheme) =>
        !scheme.IsEmpty
        && char.IsAsciiLetter(scheme[0])
        && scheme.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") < 0;

    private static string? Bracketed(string authority) =>
        authority.StartsWith('[') && authority.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
            ? authority[1..end].ToLowerInvariant()
            : null;
}
