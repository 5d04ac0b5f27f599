namespace Gateway.Policy.Rules.Intents;

/// <summary>One step of a script: an action of its own, in the script's context.</summary>
public sealed record IntentStep
{
    /// <summary>Lower case, not empty.</summary>
    public required string ToolName { get; init; }

    /// <summary>A JSON object in canonical form.</summary>
    public required ReadOnlyMemory<byte> Args { get; init; }

    public IReadOnlyList<IntentTargetFact> Targets { get; init; } = [];

    public IReadOnlyList<ArgProvenance> Provenance { get; init; } = [];
}
