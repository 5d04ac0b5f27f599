using System.Collections.Frozen;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>
/// What a client covers: all that the profile always asks for, and every header that the request has, since Gateway wants each one
/// covered that it reads or sends on and the client needn't know which these are. Left out is what belongs to one hop, or what an honest
/// intermediary changes.
/// </summary>
internal static class SignedHeaders
{
    private static readonly FrozenSet<string> LeftOut = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "connection",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "expect",
        "host",
        "content-length",
        "proxy-authorization",
        "proxy-connection",
        "via",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "traceparent",
        "tracestate",
        "baggage",
        "user-agent",
        "signature",
        "signature-input"
    );

    /// <summary>The names in lower case, each once.</summary>
    public static IReadOnlyList<string> Of(HttpRequestMessage request)
    {
        var names = new List<string>(SignatureProfile.AlwaysCovered);
        var headers = request.Headers.NonValidated.Select(header => header.Key);
        var content = request.Content?.Headers.NonValidated.Select(header => header.Key) ?? [];
        foreach (var name in headers.Concat(content).Where(name => !LeftOut.Contains(name)).Select(name => name.ToLowerInvariant()))
        {
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }
}
