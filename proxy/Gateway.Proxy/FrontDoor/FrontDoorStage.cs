using System.Net;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// The first stage: gives the request its id and its snapshot, and refuses whatever could be read in two ways or is over a limit. Doesn't
/// authenticate, read the body or call a store.
/// </summary>
public sealed class FrontDoorStage
{
    private readonly FrontDoorOptions _options;
    private readonly GovernanceState _governance;
    private readonly ClockGuard _clock;
    private readonly RequestLifetimes _lifetimes;
    private readonly TimeProvider _time;
    private readonly AddressedTarget _addressed;

    public FrontDoorStage(
        FrontDoorOptions options,
        AllowedAuthorities authorities,
        GovernanceState governance,
        ClockGuard clock,
        RequestLifetimes lifetimes,
        TimeProvider time
    )
    {
        _options = options;
        _governance = governance;
        _clock = clock;
        _lifetimes = lifetimes;
        _time = time;
        _addressed = new AddressedTarget([.. options.TrustedProxies.Select(IPAddress.Parse)], authorities);
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

        if (HeaderRules.Check(http.Request) is { } refusal)
        {
            return refusal;
        }

        if (!_addressed.TryRead(http, out var scheme, out var authority, out var notOurs))
        {
            return notOurs;
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new RequestEnvelope
        {
            Http = http,
            Call = call,
            Lifetime = _lifetimes.Start(http.RequestAborted),
            RequestId = requestId,
            Snapshot = _governance.Current,
            RawPath = question < 0 ? target : target[..question],
            RawQuery = question < 0 ? "" : target[question..],
            Scheme = scheme,
            Authority = authority,
            Started = _time.GetTimestamp(),
        };
    }

    private static bool IsVisibleAscii(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
