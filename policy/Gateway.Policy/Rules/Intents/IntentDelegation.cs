namespace Gateway.Policy.Rules.Intents;

/// <summary>On whose behalf the action is asked for. The chain is contiguous and ends at the requester.</summary>
public sealed record IntentDelegation
{
    public required string Requester { get; init; }
    public string ScopeClass { get; init; } = "";
    public IReadOnlyList<string> TokenRefs { get; init; } = [];
    public IReadOnlyList<DelegationLink> Chain { get; init; } = [];
    public GoTime IssuedAt { get; init; }
    public GoTime ExpiresAt { get; init; }
}

/// <summary>One hand-over.</summary>
public sealed record DelegationLink(
    string Delegator,
    string Delegate,
    string ScopeClass,
    string TokenRef,
    GoTime IssuedAt,
    GoTime ExpiresAt
);
