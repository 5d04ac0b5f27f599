using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What the client addressed: scheme and authority, from the connection and the <c>Host</c> header, or from what a trusted proxy in between
/// says of them. Anybody else's word about it is ignored.
/// </summary>
internal sealed class AddressedTarget(TrustedNetworks trustedProxies, AllowedAuthorities authorities)
{
    /// <value>Null without any, as on most machines: no request then asks who connected.</value>
    private readonly TrustedNetworks? _proxies = trustedProxies.IsEmpty ? null : trustedProxies;

    /// <summary>False, with the refusal, for a proxy's word that can't be read and for an authority that isn't ours.</summary>
    public bool TryRead(
        HttpContext http,
        [NotNullWhen(true)] out string? scheme,
        [NotNullWhen(true)] out string? authority,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        (scheme, authority, refusal) = (http.Request.Scheme, null, default);
        var headers = http.Request.Headers;
        var host = headers.Host;
        if (_proxies is not null && _proxies.Contains(http.Connection.RemoteIpAddress))
        {
            host = headers.TryGetValue("X-Forwarded-Host", out var forwarded) ? forwarded : host;
            if (headers.TryGetValue("X-Forwarded-Proto", out var proto))
            {
                scheme = SchemeOf(proto);
            }
        }

        if (scheme is null)
        {
            refusal = new Refusal(ReasonCode.MalformedRequest, "X-Forwarded-Proto must be sent once, as http or https.");
            return false;
        }

        if (host.Count != 1 || host[0] is not { } value || !authorities.Contains(scheme, value))
        {
            refusal = new Refusal(ReasonCode.UnknownDoor, Note: "the authority is not one of ours");
            return false;
        }

        authority = value;
        return true;
    }

    /// <summary>Null for what is neither: a list means that there were several proxies, and one of them may have been the client.</summary>
    private static string? SchemeOf(StringValues forwarded) =>
        forwarded.Count == 1 && forwarded[0]?.ToLowerInvariant() is "http" or "https" ? forwarded[0]!.ToLowerInvariant() : null;
}

/// <summary>
/// The authorities that Gateway is configured to be reached by: the one comparison of them, for what is let in and for what a signature was
/// meant for. Immutable. An empty list accepts nothing.
/// </summary>
public sealed class AllowedAuthorities
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <param name="authorities">
    /// <c>host</c> or <c>host:port</c>. A host alone stands for the scheme's own port; so does <c>:443</c> or <c>:80</c> behind it.
    /// </param>
    /// <exception cref="ArgumentException">One of them is no authority.</exception>
    public AllowedAuthorities(IEnumerable<string> authorities) =>
        _names = authorities.Select(Normalize).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="scheme">As the client used it: says which port goes without saying.</param>
    public bool Contains(string scheme, string authority)
    {
        Span<char> normalized = stackalloc char[RequestAuthority.MaxLength];
        return RequestAuthority.TryNormalize(scheme, authority, normalized, out var length) && _names.Contains(normalized[..length]);
    }

    /// <summary>Whether a configured text can be one of them.</summary>
    public static bool IsAuthority(string authority) => TryNormalize(authority, out _);

    private static string Normalize(string authority) =>
        TryNormalize(authority, out var normalized)
            ? normalized
            : throw new ArgumentException(
                $"'{authority}' is no authority: write host or host:port, without a scheme or a path.",
                nameof(authority)
            );

    private static bool TryNormalize(string authority, [NotNullWhen(true)] out string? normalized)
    {
        Span<char> room = stackalloc char[RequestAuthority.MaxLength];
        var scheme = authority.EndsWith(":80", StringComparison.Ordinal) ? "http" : "https";
        normalized = RequestAuthority.TryNormalize(scheme, authority, room, out var length) ? room[..length].ToString() : null;
        return normalized is not null;
    }
}

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
