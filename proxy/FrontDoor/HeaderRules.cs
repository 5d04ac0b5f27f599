using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.FrontDoor;

/// <summary>Which headers can't come in, and which can't come twice.</summary>
internal static class HeaderRules
{
    /// <summary>Only Gateway says these; from outside they are lies.</summary>
    public static readonly string[] OurOwn = ["Gateway-Decision", "Gateway-Decision-Id", "Gateway-Receipt", "Gateway-Request-Id"];

    /// <summary>Each would make the request mean something else to somebody else.</summary>
    public static readonly string[] Refused =
    [
        "Upgrade", "Trailer", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL", "HTTP2-Settings",
        "Gateway-Child", // Delegation is not spoken here; passing over it would make a child as wide as its parent.
    ];

    /// <summary>Two of one of these are two requests in one.</summary>
    public static readonly string[] Single =
    [
        "Authorization", "x-api-key", "api-key", "Content-Type", "Content-Digest", "Content-Length", "Gateway-Tenant", "Gateway-Workspace",
        "Gateway-Agent", "Gateway-Session", "Gateway-Approval", "Gateway-Child", "Idempotency-Key", "anthropic-version",
    ];

    private static readonly string[] CredentialHeaders = ["Authorization", "x-api-key", "api-key"];

    /// <summary>Whether a header is one that agents prove themselves with.</summary>
    public static bool IsAgentCredential(string name) => CredentialHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static void Strip(IHeaderDictionary headers)
    {
        foreach (var name in OurOwn)
        {
            headers.Remove(name);
        }
    }

    public static Refusal? Check(HttpRequest request)
    {
        var headers = request.Headers;
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method))
        {
            return new Refusal(ReasonCode.UnsupportedFeature, "This method is not allowed.");
        }

        foreach (var name in Refused)
        {
            if (headers.ContainsKey(name))
            {
                return new Refusal(ReasonCode.UnsupportedFeature, $"The header {name} is not allowed.");
            }
        }

        // RFC 9112, section 6.1: both together is how requests are smuggled. Kestrel drops the length, and keeps it under another name.
        if (headers.TransferEncoding.Count > 0 && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length")))
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "Content-Length and Transfer-Encoding were both sent.");
        }

        // Any other coding would be undone by one party and not by the next (RFC 9112, section 6.1).
        if (headers.TransferEncoding.Count > 0 && !string.Equals(headers.TransferEncoding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "The only transfer encoding is chunked, once.");
        }

        if (headers.ContentEncoding.Count > 0)
        {
            return new Refusal(ReasonCode.UnsupportedMediaType, "A request body must not have a content encoding.");
        }

        return Twice(headers) ?? Credentials(headers);
    }

    private static Refusal? Twice(IHeaderDictionary headers)
    {
        foreach (var name in Single)
        {
            if (headers.TryGetValue(name, out var values) && values.Count > 1)
            {
                return new Refusal(ReasonCode.AmbiguousRequest, $"The header {name} was sent more than once.");
            }
        }

        return null;
    }

    /// <summary>Two kinds of the agent's own credential are ambiguous; a provider's has no business here.</summary>
    private static Refusal? Credentials(IHeaderDictionary headers)
    {
        var found = 0;
        foreach (var name in CredentialHeaders)
        {
            found += headers.ContainsKey(name) ? 1 : 0;
        }

        if (found + (headers.ContainsKey("Signature") || headers.ContainsKey("Signature-Input") ? 1 : 0) > 1)
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "Two kinds of credential were sent.");
        }

        foreach (KeyValuePair<string, StringValues> header in headers)
        {
            if (ProviderCredentialHeaders.IsProviderCredentialHeader(header.Key))
            {
                return new Refusal(ReasonCode.ProviderCredentialsInRequest, $"The header {header.Key} is not allowed.");
            }
        }

        return null;
    }
}
