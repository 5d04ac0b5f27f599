using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>The emergency stops as they are at the time of the decision. Immutable.</summary>
public sealed record KillSwitch(KillSwitchStatus Status, IReadOnlyList<KillSwitchEntry> Entries)
{
    /// <summary>There is no such thing here, and none is required.</summary>
    public static KillSwitch NotUsed { get; } = new(KillSwitchStatus.NotUsed, []);

    /// <summary>It is required and couldn't be read.</summary>
    public static KillSwitch Unavailable { get; } = new(KillSwitchStatus.Unavailable, []);
}

/// <summary>Whether the emergency stops are known. Unset blocks.</summary>
public enum KillSwitchStatus
{
    Unavailable = 0,
    NotUsed = 1,
    Known = 2,
}

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

/// <summary>What the emergency stops say about an intent.</summary>
/// <param name="Status"><c>unavailable</c>, <c>inactive</c> or <c>active</c>.</param>
/// <param name="EntryIds">Of the entries that matched, sorted.</param>
public sealed record KillSwitchDecision(string Status, IReadOnlyList<string> ReasonCodes, IReadOnlyList<string> EntryIds);
