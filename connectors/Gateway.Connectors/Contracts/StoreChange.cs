using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>That something in a tenant's durable store changed.</summary>
/// <param name="Sequence">From 1, rising without gaps inside a tenant: the tenant's revocation epoch.</param>
/// <param name="Subject">The credential's public id or the agent's name.</param>
public sealed record StoreChange(long Sequence, GovernedChange Kind, string Subject, DateTimeOffset At);
