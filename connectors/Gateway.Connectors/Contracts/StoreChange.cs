namespace Gateway.Connectors.Contracts;

/// <summary>That something in a tenant's durable store changed.</summary>
/// <param name="Sequence">From 1, rising without gaps inside a tenant: the tenant's revocation epoch.</param>
/// <param name="Subject">The credential's public id or the agent's name.</param>
public sealed record StoreChange(long Sequence, StoreChangeKind Kind, string Subject, DateTimeOffset At);

public enum StoreChangeKind
{
    Unknown = 0,
    CredentialAdded = 1,
    CredentialRevoked = 2,
    LifecycleSet = 3,

    /// <summary>The same credential under a newer key of Gateway's own. Whatever was cached of it still holds.</summary>
    MaterialReplaced = 4,

    /// <summary>An agent was demoted, or its demotion lifted.</summary>
    LevelSet = 5,

    /// <summary>Another credential took its place; it holds until both have had their time together.</summary>
    CredentialReplaced = 6,
}
