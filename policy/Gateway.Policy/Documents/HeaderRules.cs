using System.Collections.Frozen;

namespace Gateway.Policy.Documents;

/// <summary>Which headers a document may name. Gateway itself decides over all others, so a document can't open a way round it.</summary>
internal static class HeaderRules
{
    // Hop-by-hop: RFC 9110, 7.6.1. The rest: framing and routing, credentials, Gateway's own, and requests to read a method or path
    // otherwise.
    private static readonly FrozenSet<string> Framing = FrozenSet.Create(
        StringComparer.Ordinal,
        "connection",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "host",
        "content-length",
        "content-type",
        "content-encoding",
        "content-digest",
        "repr-digest",
        "expect",
        "http2-settings",
        "signature",
        "signature-input",
        "accept-signature"
    );

    private static readonly FrozenSet<string> Credentials = FrozenSet.Create(
        StringComparer.Ordinal,
        "authorization",
        "cookie",
        "cookie2",
        "set-cookie",
        "set-cookie2",
        "x-api-key",
        "api-key",
        "x-goog-api-key",
        "www-authenticate",
        "authentication-info",
        "x-auth-token",
        "x-amz-security-token"
    );

    private static readonly FrozenSet<string> Rerouting = FrozenSet.Create(
        StringComparer.Ordinal,
        "forwarded",
        "via",
        "max-forwards",
        "x-real-ip",
        "x-original-url",
        "x-rewrite-url",
        "x-http-method",
        "x-http-method-override",
        "x-method-override"
    );

    private static readonly string[] Prefixes = ["gateway-", "proxy-", "x-forwarded-", "sec-", "x-envoy-"];

    /// <summary>Whether an agent's or a system's header of this name (lower case) may pass when an operation lists it.</summary>
    public static bool MayPass(string name) => !IsFraming(name) && !Credentials.Contains(name);

    /// <summary>Whether a connector's credential may go into the header of this name (lower case).</summary>
    public static bool MayCarryCredential(string name) => !IsFraming(name);

    private static bool IsFraming(string name) =>
        Framing.Contains(name) || Rerouting.Contains(name) || Prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
}
