using Gateway.Policy.Compilation;

namespace Gateway.Proxy.FrontDoor;

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
