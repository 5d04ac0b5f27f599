using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Bridging;

/// <summary>Who may speak to the bridge: who knows its token, and no web page that isn't listed.</summary>
internal sealed class BridgeAccess
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _token;
    private readonly IReadOnlyList<string> _origins;

    /// <param name="origins">As browsers write them, such as <c>https://inspector.example</c>.</param>
    public BridgeAccess(string token, IReadOnlyList<string> origins) => (_token, _origins) = (Digest(token), origins);

    /// <summary>The status that refuses a request; null for one that may go on.</summary>
    /// <param name="isSocket">By a socket there is no name to mislead anybody with.</param>
    public (int Status, string Message)? Refuse(HttpRequest request, bool isSocket) =>
        !isSocket && !IsOwn(request.Host.Host)
            ? (
                StatusCodes.Status403Forbidden,
                "The Host isn't this machine's loopback address: a page whose name leads here isn't answered."
            )
        : request.Headers.Origin is { Count: > 0 } origin && (origin is not [{ } only] || !_origins.Contains(only))
            ? (StatusCodes.Status403Forbidden, "Web pages are answered only where --origin lists them.")
        : !IsProven(request) ? (StatusCodes.Status401Unauthorized, "Prove yourself with 'Authorization: Bearer' and the bridge's token.")
        : null;

    private static bool IsOwn(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Compares digests, so that the time it takes says nothing about the token.</summary>
    private bool IsProven(HttpRequest request) =>
        request.Headers.Authorization is [{ } only]
        && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_token, Digest(only[Scheme.Length..]));

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
