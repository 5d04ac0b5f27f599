using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>One stop. All selectors that are given must match; one without any stops everything.</summary>
public sealed record KillSwitchEntry
{
    public string EntryId { get; init; } = "";
    public bool Enabled { get; init; } = true;
    public string AgentId { get; init; } = "";
    public string Identity { get; init; } = "";
    public string ToolName { get; init; } = "";
    public string TargetKind { get; init; } = "";
    public string TargetValue { get; init; } = "";
    public string Environment { get; init; } = "";

    /// <summary>Cleaned; a prefix ends at a separator.</summary>
    public IReadOnlyList<string> PathPrefixes { get; init; } = [];
    public IReadOnlyList<string> WorkspacePrefixes { get; init; } = [];

    /// <summary>Zero for no end.</summary>
    public GoTime ExpiresAt { get; init; }
}
