using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>
/// The formats of where a connection goes. Only one spelling of each address gets through, so that none can hide another.
/// </summary>
internal static class AddressFormats
{
    /// <summary>Never shown in an error: authors write <c>user:password@</c> here.</summary>
    public static FieldFormat<Uri> Base { get; } =
        new(
            "an http or https address without user, query, fragment or encoded characters",
            "https://api.example.com/v1",
            TryReadBase,
            value => value.AbsoluteUri
        )
        {
            MayShow = false,
        };

    /// <summary>The same of one resource, to which nothing is joined: with a slash at its end it is another one.</summary>
    public static FieldFormat<Uri> Endpoint { get; } = Base with { Example = "https://mcp.example.com/mcp", TryRead = TryReadEndpoint };

    /// <summary><c>host:port</c>, in lower case.</summary>
    public static FieldFormat<string> HostAndPort { get; } =
        new("a host and port, without wildcards", "api.example.com:443", TryReadHostAndPort, value => value);

    /// <summary>A base address' own entry in the egress list.</summary>
    public static string HostAndPortOf(Uri address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    private static bool TryReadBase(string text, out Uri value)
    {
        value = null!;
        // A trailing slash means the same address; operations' paths start with one.
        var trimmed = text.EndsWith('/') ? text[..^1] : text;
        if (
            text.Length > 2048
            || !trimmed.All(IsPlain)
            || trimmed.Contains("/.", StringComparison.Ordinal)
            || !Uri.TryCreate(trimmed, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0
            || uri.Port == 0
            || !PathTemplate.TryParse(uri.AbsolutePath, out _)
        )
        {
            return false;
        }

        value = uri;
        return true;
    }

    private static bool TryReadEndpoint(string text, out Uri value) =>
        TryReadBase(text, out value) && Uri.TryCreate(text, UriKind.Absolute, out value!);

    // '@' would be user information, '?' and '#' a query and fragment, '%' and '\' a second spelling.
    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or ':' or '/' or '[' or ']';

    private static bool TryReadHostAndPort(string text, out string value)
    {
        value = text.ToLowerInvariant();
        var colon = text.LastIndexOf(':');
        return text.Length <= 300
            && colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            && text[colon + 1] != '0'
            && text.All(IsPlain)
            && IsHost(text[..colon]);
    }

    private static bool IsHost(string host) =>
        host.StartsWith('[') == host.Contains(':', StringComparison.Ordinal)
        && Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown;
}
