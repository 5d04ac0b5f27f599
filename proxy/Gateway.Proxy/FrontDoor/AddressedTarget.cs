using System.Diagnostics.CodeAnalysis;
using System.Net;
using Gateway.Policy.Model;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What the client addressed: scheme and authority, from the connection and the <c>Host</c> header, or from what a trusted proxy in between
/// says of them. Anybody else's word about it is ignored.
/// </summary>
internal sealed class AddressedTarget(IReadOnlyCollection<IPAddress> trustedProxies, AllowedAuthorities authorities)
{
    private readonly HashSet<IPAddress> _trustedProxies = [.. trustedProxies.Select(Plain)];

    /// <summary>False, with the refusal, for a proxy's word that can't be read and for an authority that isn't ours.</summary>
    public bool TryRead(
        HttpContext http,
        [NotNullWhen(true)] out string? scheme,
        [NotNullWhen(true)] out string? authority,
        out Refusal refusal
    )
    {
        (scheme, authority, refusal) = (http.Request.Scheme, null, default);
        var headers = http.Request.Headers;
        var host = headers.Host;
        if (_trustedProxies.Count > 0 && IsTrusted(http.Connection.RemoteIpAddress))
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

    private bool IsTrusted(IPAddress? peer) => peer is not null && _trustedProxies.Contains(Plain(peer));

    /// <summary>Null for what is neither: a list means that there were several proxies, and one of them may have been the client.</summary>
    private static string? SchemeOf(StringValues forwarded) =>
        forwarded.Count == 1 && forwarded[0]?.ToLowerInvariant() is "http" or "https" ? forwarded[0]!.ToLowerInvariant() : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
