using System.Collections.Frozen;
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

    private static readonly FrozenSet<string> RefusedNames = Refused.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> SingleNames = Single.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> CredentialNames = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Authorization", "x-api-key", "api-key");

    /// <summary>Whether a header is one that agents prove themselves with.</summary>
    public static bool IsAgentCredential(string name) => CredentialNames.Contains(name);

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

        // One walk over what was sent, and not one look for each name that is known here: most requests send few of them.
        var sent = Sent.In(headers);
        if (sent.Refused is { } refused)
        {
            return new Refusal(ReasonCode.UnsupportedFeature, $"The header {refused} is not allowed.");
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

        if (sent.Twice is { } twice)
        {
            return new Refusal(ReasonCode.AmbiguousRequest, $"The header {twice} was sent more than once.");
        }

        // Two kinds of the agent's own credential are ambiguous; a provider's has no business here.
        if (sent.Credentials + (sent.IsSigned ? 1 : 0) > 1)
        {
            return new Refusal(ReasonCode.AmbiguousRequest, "Two kinds of credential were sent.");
        }

        return sent.Providers is { } providers ? new Refusal(ReasonCode.ProviderCredentialsInRequest, $"The header {providers} is not allowed.") : null;
    }

    /// <summary>What of the headers that were sent matters here: the last name of each kind, null for none.</summary>
    private readonly record struct Sent(string? Refused, string? Twice, string? Providers, int Credentials, bool IsSigned)
    {
        public static Sent In(IHeaderDictionary headers)
        {
            var sent = default(Sent);
            foreach (KeyValuePair<string, StringValues> header in headers)
            {
                sent = sent.And(header.Key, header.Value.Count);
            }

            return sent;
        }

        private Sent And(string name, int count) => new(
            RefusedNames.Contains(name) ? name : Refused,
            count > 1 && SingleNames.Contains(name) ? name : Twice,
            ProviderCredentialHeaders.IsProviderCredentialHeader(name) ? name : Providers,
            Credentials + (CredentialNames.Contains(name) ? 1 : 0),
            IsSigned || name.Equals("Signature", StringComparison.OrdinalIgnoreCase) || name.Equals("Signature-Input", StringComparison.OrdinalIgnoreCase));
    }
}
