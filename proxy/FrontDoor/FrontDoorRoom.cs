using System.Net;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// The first room: gives the request its id and its snapshot, and refuses whatever could be read in two ways or is over a limit. Doesn't
/// authenticate, read the body or call a store.
/// </summary>
public sealed class FrontDoorRoom
{
    private readonly FrontDoorOptions _options;
    private readonly GovernanceState _governance;
    private readonly ClockGuard _clock;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _authorities;
    private readonly HashSet<IPAddress> _trustedProxies;

    public FrontDoorRoom(FrontDoorOptions options, GovernanceState governance, ClockGuard clock, TimeProvider time)
    {
        _options = options;
        _governance = governance;
        _clock = clock;
        _time = time;
        _authorities = new HashSet<string>(options.Authorities, StringComparer.OrdinalIgnoreCase);
        _trustedProxies = [.. options.TrustedProxies.Select(IPAddress.Parse)];
    }

    public Result<RequestEnvelope> Enter(HttpContext http, DoorCall call, string requestId)
    {
        if (call.Kind == CallKind.None)
        {
            return ReasonCode.UnknownDoor;
        }

        if (!_clock.TryRead(out _))
        {
            // A clock that jumped would open or close time windows; it is refused until it is steady.
            return new Refusal(ReasonCode.DependencyUnavailable, Note: "the clock jumped", RetryAfter: TimeSpan.FromSeconds(1));
        }

        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Length == 0 || target[0] != '/' || target.Length > _options.RequestLineBytes || !IsVisibleAscii(target))
        {
            return new Refusal(ReasonCode.MalformedRequest, "The request target must be a path.");
        }

        HeaderRules.Strip(http.Request.Headers);
        if (HeaderRules.Check(http.Request) is { } refusal)
        {
            return refusal;
        }

        var authority = AuthorityOf(http);
        if (authority is null)
        {
            return new Refusal(ReasonCode.UnknownDoor, Note: "the authority is not one of ours");
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new RequestEnvelope
        {
            Http = http,
            Call = call,
            RequestId = requestId,
            Snapshot = _governance.Current,
            RawPath = question < 0 ? target : target[..question],
            RawQuery = question < 0 ? "" : target[question..],
            Authority = authority,
            Started = _time.GetTimestamp(),
        };
    }

    /// <summary>Null when the caller addressed something that isn't ours.</summary>
    private string? AuthorityOf(HttpContext http)
    {
        var host = http.Request.Headers.Host;
        if (http.Connection.RemoteIpAddress is { } peer && _trustedProxies.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer)
            && http.Request.Headers.TryGetValue("X-Forwarded-Host", out var forwarded))
        {
            host = forwarded;
        }

        return host.Count == 1 && host[0] is { } value && _authorities.TryGetValue(value, out var known) ? known.ToLowerInvariant() : null;
    }

    private static bool IsVisibleAscii(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
