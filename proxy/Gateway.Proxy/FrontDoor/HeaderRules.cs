using System.Collections.Frozen;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>Which headers can't come in, and which can't come twice.</summary>
internal static class HeaderRules
{
    /// <summary>Only Gateway says these; from outside they are lies.</summary>
    public static readonly string[] OurOwn =
    [
        "Gateway-Decision",
        "Gateway-Decision-Id",
        "Gateway-Receipt",
        "Gateway-Request-Id",
        "Gateway-Dropped",
    ];

    /// <summary>Each would make the request mean something else to somebody else.</summary>
    public static readonly string[] Refused =
    [
        "Upgrade",
        "Trailer",
        "X-HTTP-Method",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "X-Original-URL",
        "X-Rewrite-URL",
        "HTTP2-Settings",
        "Gateway-Child", // Delegation is not spoken here; passing over it would make a child as wide as its parent.
    ];

    /// <summary>Two of one of these are two requests in one.</summary>
    public static readonly string[] Single =
    [
        "Authorization",
        "x-api-key",
        "api-key",
        "Content-Type",
        "Content-Digest",
        "Content-Length",
        "Gateway-Tenant",
        "Gateway-Workspace",
        "Gateway-Agent",
        "Gateway-Session",
        "Gateway-Approval",
        "Gateway-Child",
        "Idempotency-Key",
        "anthropic-version",
    ];

    private static readonly string[] Credentials = ["Authorization", "x-api-key", "api-key"];
    private static readonly string[] Signatures = ["Signature", "Signature-Input"];

    /// <summary>All that is known of a name, so that each that is sent is looked up once.</summary>
    private static readonly FrozenDictionary<string, HeaderTraits> Known = new[] { OurOwn, Refused, Single, Credentials, Signatures }
        .SelectMany(names => names)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(name => name, TraitsOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header is one that agents prove themselves with.</summary>
    public static bool IsAgentCredential(string name) => Known.TryGetValue(name, out var traits) && traits.IsCredential;

    /// <summary>Takes off what only Gateway says, and refuses what can't come in.</summary>
    public static Refusal? Check(HttpRequest request)
    {
        var headers = request.Headers;
        var sent = SentHeaders.In(headers, Known);
        if (sent.HasOurOwn)
        {
            Strip(headers);
        }

        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method))
        {
            return new Refusal(ReasonCode.UnsupportedFeature, "This method is not allowed.");
        }

        if (sent.Refused is { } refused)
        {
            return new Refusal(ReasonCode.UnsupportedFeature, $"The header {refused} is not allowed.");
        }

        // RFC 9112, section 6.1: both together is how requests are smuggled. Kestrel drops the length, and keeps it under another name.
        if (headers.TransferEncoding.Count > 0 && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length")))
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "Content-Length and Transfer-Encoding were both sent.");
        }

        // RFC 9112, section 6.1: who speaks HTTP/1.0 only may stand in front, and take the chunks for the next request.
        if (headers.TransferEncoding.Count > 0 && HttpProtocol.IsHttp10(request.Protocol))
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "HTTP/1.0 has no transfer encoding.");
        }

        // Any other coding would be undone by one party and not by the next (RFC 9112, section 6.1).
        if (
            headers.TransferEncoding.Count > 0
            && !string.Equals(headers.TransferEncoding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase)
        )
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "The only transfer encoding is chunked, once.");
        }

        if (headers.ContentEncoding.Count > 0)
        {
            return new Refusal(ReasonCode.UnsupportedMediaType, "A request body must not have a content encoding.");
        }

        if (sent.Twice is { } twice)
        {
            return new Refusal(ReasonCode.AmbiguousRequest, $"The header {twice} was sent more than once.");
        }

        // Two kinds of the agent's own credential are ambiguous; a provider's has no business here.
        if (sent.Credentials + (sent.IsSigned ? 1 : 0) > 1)
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "Two kinds of credential were sent.");
        }

        return sent.Providers is { } providers
            ? new Refusal(ReasonCode.ProviderCredentialsInRequest, $"The header {providers} is not allowed.")
            : null;
    }

    private static void Strip(IHeaderDictionary headers)
    {
        foreach (var name in OurOwn)
        {
            headers.Remove(name);
        }
    }

    private static HeaderTraits TraitsOf(string name) =>
        new(
            Contains(OurOwn, name),
            Contains(Refused, name),
            Contains(Single, name),
            ProviderCredentialHeaders.IsProviderCredentialHeader(name),
            Contains(Credentials, name),
            Contains(Signatures, name)
        );

    private static bool Contains(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
