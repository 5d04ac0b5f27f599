using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.Cli.Bridging;

/// <summary>What the bridge reads of an HTTP request.</summary>
internal static class BridgeRequest
{
    public const string SessionHeader = "Mcp-Session-Id";
    public const string VersionHeader = "MCP-Protocol-Version";

    private const string Json = "application/json";
    private const string Events = "text/event-stream";

    /// <summary>The protocols with sessions. A client of a later one falls back to one of them when it is refused.</summary>
    private static readonly string[] Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    public static bool IsJson(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Is(type, Json);

    public static bool TakesJson(HttpRequest request) => Takes(request, Json);

    public static bool TakesEvents(HttpRequest request) => Takes(request, Events);

    /// <summary>Whether a protocol that the request names is one with sessions; one that it doesn't name is.</summary>
    public static bool HasSessions(HttpRequest request) =>
        request.Headers[VersionHeader] is var named && (named.Count == 0 || (named is [{ } only] && Versions.Contains(only)));

    /// <returns>Null where it isn't one message; the server has refused one that is too long.</returns>
    /// <exception cref="BadHttpRequestException">It is too long, or broken off.</exception>
    public static async Task<RpcMessage?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return RpcMessage.Read(body.ToArray());
    }

    /// <summary>Official clients name both types, and a program's answer may be either; who names none takes JSON.</summary>
    private static bool Takes(HttpRequest request, string type)
    {
        var accept = request.Headers.Accept;
        return accept.Count == 0
            ? type == Json
            : MediaTypeHeaderValue.TryParseList(accept, out var all)
                && all.Any(one => one.Quality is not 0 && (one.MatchesAllTypes || Is(one, type)));
    }

    private static bool Is(MediaTypeHeaderValue value, string type) => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
