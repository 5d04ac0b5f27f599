namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the agent's declared identity; anything unmet blocks.</summary>
public sealed record AgentConstraint
{
    public bool Declared { get; init; }
    public IReadOnlyList<string> AllowedIds { get; init; } = [];
    public IReadOnlyList<string> DeniedIds { get; init; } = [];

    /// <summary>64 hexadecimal digits in lower case, or empty.</summary>
    public string ManifestDigest { get; init; } = "";
    public IReadOnlyList<string> ManifestPublishers { get; init; } = [];
    public IReadOnlyList<string> ManifestSources { get; init; } = [];

    /// <summary>The agent must be in all of them.</summary>
    public IReadOnlyList<string> LifecycleStates { get; init; } = [];
    public bool Owner { get; init; }
    public bool Unexpired { get; init; }
}
