using System.Security.Cryptography;
using Gateway.Connectors.State;
using Gateway.Policy.Compilation;
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
    private readonly int _requestLineBytes;
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
        _requestLineBytes = options.RequestLineBytes;
        _governance = governance;
        _clock = clock;
        _lifetimes = lifetimes;
        _time = time;
        _addressed = new AddressedTarget(TrustedNetworks.Of(options.TrustedProxies, static _ => { }), authorities);
    }

    public Result<RequestEnvelope> Enter(HttpContext http, DoorCall call, string requestId)
    {
        if (call.LeadsNowhere)
        {
            return new Refusal(ReasonCode.UnknownDoor, call.Hint);
        }

        if (!_clock.TryRead(out _))
        {
            // A clock that jumped would open or close time windows; it is refused until it is steady.
            return new Refusal(ReasonCode.DependencyUnavailable, Note: "the clock jumped", RetryAfter: TimeSpan.FromSeconds(1));
        }

        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Length == 0 || target[0] != '/' || target.Length > _requestLineBytes || !IsVisibleAscii(target))
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

/// <summary>A request that is unambiguous and within its limits. Nobody has been authenticated and no body read.</summary>
public sealed class RequestEnvelope
{
    public required HttpContext Http { get; init; }
    public required DoorCall Call { get; init; }

    /// <summary>How long it may run. Whoever walks the path ends it.</summary>
    public required RequestLifetime Lifetime { get; init; }

    /// <summary>Unique; in every record and answer of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The governance that the whole request is judged by, however often it is replaced meanwhile.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>Why a tenant that isn't in the snapshot is refused.</summary>
    public Refusal RefusalOf(Id<Tenant> absent) =>
        Snapshot.Refused.Contains(absent)
            ? new Refusal(
                ReasonCode.NotReady,
                Note: $"the governance documents of '{absent}' have errors",
                RetryAfter: TimeSpan.FromMinutes(1)
            )
            : new Refusal(ReasonCode.AgentUnregistered);

    /// <summary>The path as it came on the wire, still encoded: what a signature covers.</summary>
    public required string RawPath { get; init; }

    /// <summary>The query as it came on the wire, with its question mark; empty for none.</summary>
    public required string RawQuery { get; init; }

    /// <summary><c>http</c> or <c>https</c>, as the caller used it: the connection's, or what a trusted proxy forwarded.</summary>
    public required string Scheme { get; init; }

    /// <summary>
    /// The authority that the caller addressed, as it was sent: the <c>Host</c> header, or what a trusted proxy forwarded. One of ours.
    /// </summary>
    public required string Authority { get; init; }

    /// <summary>A timestamp of the request's <see cref="TimeProvider"/>.</summary>
    public required long Started { get; init; }
}

/// <summary>Makes the ids of requests, decisions and tokens: 128 random bits, so that none can be guessed or met twice.</summary>
public static class Identifier
{
    private const int Length = 16;

    /// <value>Ids that are drawn at once: a draw costs the same however little it is for.</value>
    private const int Drawn = 32;

    [ThreadStatic]
    private static byte[]? _bits;

    [ThreadStatic]
    private static int _left;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public static string Next()
    {
        var bits = _bits ??= new byte[Drawn * Length];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(bits);
            _left = Drawn;
        }

        // Each place is wiped once used, so that no id stays behind in memory.
        var place = bits.AsSpan(--_left * Length, Length);
        var id = Convert.ToHexStringLower(place);
        place.Clear();
        return id;
    }
}
