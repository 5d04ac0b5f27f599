using System.Buffers;

namespace Gateway.Policy.Rules.Intents;

/// <summary>The host in a URL's authority (RFC 3986 section 3.2); empty where there is none or two readers could come to two.</summary>
internal static class UrlHost
{
    private static readonly SearchValues<char> EndOfAuthority = SearchValues.Create("/?#");

    // Where one of these stands, two readers of the same URL can come to two hosts (WHATWG URL reads \ as /).
    public static readonly SearchValues<char> Doubtful = SearchValues.Create("\\@ \t\r\n%<>\"^`{|}");

    public static string Of(string value)
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

    /// <summary>The address in brackets that an authority begins with; null for none.</summary>
    public static string? Bracketed(string authority) =>
        authority.StartsWith('[') && authority.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
            ? authority[1..end].ToLowerInvariant()
            : null;
}
