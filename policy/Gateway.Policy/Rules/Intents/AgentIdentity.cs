namespace Gateway.Policy.Rules.Intents;

/// <summary>What is declared about the agent.</summary>
public sealed record AgentIdentity
{
    public IReadOnlyList<string> LifecycleStates { get; init; } = [];
    public string Owner { get; init; } = "";
    public string ManifestDigest { get; init; } = "";
    public string Publisher { get; init; } = "";
    public string Source { get; init; } = "";
    public GoTime IssuedAt { get; init; }
    public GoTime ApprovedAt { get; init; }

    /// <summary>Zero when it isn't said, which counts as expired where a rule asks.</summary>
    public GoTime ExpiresAt { get; init; }
    public bool Revoked { get; init; }
}
