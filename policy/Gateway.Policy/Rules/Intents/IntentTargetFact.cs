namespace Gateway.Policy.Rules.Intents;

/// <summary>One thing that an action touches. All but the value in lower case.</summary>
public sealed record IntentTargetFact
{
    public required string Kind { get; init; }
    public required string Value { get; init; }
    public string Operation { get; init; } = "";
    public string Sensitivity { get; init; } = "";

    /// <summary>Given, or inferred from kind, operation and tool name.</summary>
    public string EndpointClass { get; init; } = "";

    /// <summary>Given, or inferred from the value of a host or URL; may be empty.</summary>
    public string EndpointDomain { get; init; } = "";
    public bool Destructive { get; init; }
    public string DiscoveryMethod { get; init; } = "";
    public bool ReadOnlyHint { get; init; }
    public bool DestructiveHint { get; init; }
    public bool IdempotentHint { get; init; }
    public bool OpenWorldHint { get; init; }

    /// <summary>What the value itself says the domain is, whatever was given: a caller can't name another domain than it goes to.</summary>
    internal string ActualDomain { get; init; } = "";

    /// <summary>For a path: as a file system would take it.</summary>
    internal string CleanValue { get; init; } = "";

    internal bool IsPath => Kind == "path";

    internal static bool AnyIsDestructive(IReadOnlyList<IntentTargetFact> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i].Destructive)
            {
                return true;
            }
        }

        return false;
    }
}
