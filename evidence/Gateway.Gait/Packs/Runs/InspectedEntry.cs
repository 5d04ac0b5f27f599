namespace Gateway.Gait.Packs.Runs;

/// <summary>One intent of a run with what came of it. Empty texts and lists are unsaid.</summary>
public sealed record InspectedEntry
{
    /// <value>From 1.</value>
    public required int Index { get; init; }
    public required string IntentId { get; init; }
    public required string ToolName { get; init; }
    public required string CreatedAt { get; init; }
    public required string ArgsDigest { get; init; }
    public string Status { get; init; } = "missing";
    public string ResultDigest { get; init; } = "";
    public string Verdict { get; init; } = "";
    public IReadOnlyList<string> ReasonCodes { get; init; } = [];
    public IReadOnlyList<string> Violations { get; init; } = [];
}
