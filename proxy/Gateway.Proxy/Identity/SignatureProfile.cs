using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Identity;

/// <summary>
/// What Gateway asks of a signature beyond RFC 9421, and the bounds of it. Its rules never change; one for the process, since it keeps what
/// was read by them. docs/signing.md has the same numbers for those who write clients.
/// </summary>
/// <param name="authorities">The names that Gateway is reached by; none of them, none accepted.</param>
/// <param name="skew">How far a client's clock may be ahead; from 0 s to 60 s.</param>
/// <param name="time">The clock that windows are judged by.</param>
internal sealed class SignatureProfile(AllowedAuthorities authorities, TimeSpan skew, TimeProvider time)
{
    /// <summary>The tag that says which of several signatures is for Gateway.</summary>
    public const string Tag = "gateway-agent-v1";

    /// <value>Characters of a field that carries signatures, all its lines together.</value>
    public const int MaxFieldLength = 4096;

    /// <value>Signatures in one request, those for others among them.</value>
    public const int MaxSignatures = 16;

    /// <value>Parameters of one signature.</value>
    public const int MaxParameters = 16;

    /// <value>Seconds from <c>created</c> to <c>expires</c>.</value>
    public const int MaxLifetimeSeconds = 120;

    /// <value>Characters without padding: 22 of base64 hold 128 bits.</value>
    public const int MinNonceLength = 22;

    /// <value>Characters.</value>
    public const int MaxNonceLength = 128;

    /// <value>Characters.</value>
    public const int MaxKeyIdLength = 160;

    /// <value>5 s.</value>
    public static readonly TimeSpan DefaultSkew = TimeSpan.FromSeconds(5);

    /// <value>60 s: half of the longest life of a signature.</value>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(60);

    /// <summary>Covered by every signature.</summary>
    public static readonly IReadOnlyList<string> AlwaysCovered =
    [
        "@method",
        "@authority",
        "@path",
        "@query",
        "content-digest",
        "gateway-tenant",
        "gateway-workspace",
        "gateway-agent",
    ];

    /// <summary>Covered whenever the request has them, beside the headers that an operation declares.</summary>
    public static readonly IReadOnlyList<string> CoveredWhenPresent =
    [
        "content-type",
        "accept",
        "gateway-session",
        "gateway-approval",
        "gateway-child",
        "idempotency-key",
        "prefer",
    ];

    /// <summary>Read as one value, so a second line of one is ambiguous.</summary>
    public static readonly IReadOnlyList<string> AtMostOnce =
    [
        "content-digest",
        "gateway-tenant",
        "gateway-workspace",
        "gateway-agent",
        "gateway-session",
        "gateway-approval",
        "gateway-child",
        "idempotency-key",
        "content-type",
    ];

    public AllowedAuthorities Authorities { get; } = authorities;
    public TimeProvider Time { get; } = time;

    /// <summary>Lists that were read by these rules.</summary>
    public CoverageCache Coverages { get; } = new();

    public TimeSpan Skew { get; } =
        skew >= TimeSpan.Zero && skew <= MaxSkew
            ? skew
            : throw new ArgumentOutOfRangeException(nameof(skew), skew, "The allowed clock skew goes from 0 s to 60 s.");
}
