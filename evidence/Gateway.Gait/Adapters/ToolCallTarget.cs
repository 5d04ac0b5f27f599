namespace Gateway.Gait.Adapters;

/// <summary>What a tool call says, or what was found, about a target.</summary>
internal sealed record ToolCallTarget(string Kind, string Value, string Operation)
{
    public string Sensitivity { get; init; } = "";
    public string EndpointClass { get; init; } = "";
    public string EndpointDomain { get; init; } = "";
    public string DiscoveryMethod { get; init; } = "";
    public bool Destructive { get; init; }
    public bool ReadOnlyHint { get; init; }
    public bool DestructiveHint { get; init; }
    public bool IdempotentHint { get; init; }
    public bool OpenWorldHint { get; init; }
}
