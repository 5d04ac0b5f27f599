using System.Buffers;

namespace Gateway.Proxy.FrontDoor;

/// <summary>The one spelling of an authority: lower case, without the scheme's own port (RFC 9421 section 2.2.3).</summary>
internal static class RequestAuthority
{
    /// <value>The longest host name of DNS (253), a colon and five digits, in characters.</value>
    public const int MaxLength = 259;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]"
    );

    /// <summary>
    /// False for an empty authority, one too long, and one with user information or any other character that no host has.
    /// </summary>
    /// <param name="normalized">At least <see cref="MaxLength"/> long.</param>
    public static bool TryNormalize(ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority, Span<char> normalized, out int length)
    {
        var host = WithoutDefaultPort(scheme, authority);
        length = host.Length;
        return host.Length is > 0 and <= MaxLength && !host.ContainsAnyExcept(Allowed) && host.ToLowerInvariant(normalized) == length;
    }

    private static ReadOnlySpan<char> WithoutDefaultPort(ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority)
    {
        ReadOnlySpan<char> port =
            scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? ":443"
            : scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? ":80"
            : "";
        return port.Length > 0 && authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length] : authority;
    }
}
