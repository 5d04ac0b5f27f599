using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>An intent with everything that its request carries. Nothing has been decided about it.</summary>
public sealed class ParsedRequest
{
    public required RequestEnvelope Envelope { get; init; }
    public required VerifiedAgent Agent { get; init; }
    public required TenantSnapshot Tenant { get; init; }
    public required Intent Intent { get; init; }
    public required Connector Connector { get; init; }
    public required Operation Operation { get; init; }

    /// <summary>Null for anything but a model call.</summary>
    public ModelOffer? Offer { get; init; }

    public required BodyReading Reading { get; init; }
    public required RequestBody Body { get; init; }
    public required OutgoingHeaders Headers { get; init; }

    /// <summary>As the caller gave it; null when it gave none.</summary>
    public string? IdempotencyKey { get; init; }
}
