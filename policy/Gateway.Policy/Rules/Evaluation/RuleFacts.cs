using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// What a decision rests on besides the rules and the intent. The engine has no clock and no store: everything that moves comes in here.
/// </summary>
public sealed record RuleFacts
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The emergency stops. Unset is unavailable, which blocks.</summary>
    public required KillSwitch KillSwitch { get; init; }

    /// <summary>Verified context evidence; null when there is none. What the caller says about its context doesn't count.</summary>
    public ContextEvidence? Evidence { get; init; }

    /// <summary>What an inventory says about tools, by lower-case name; null when there is none.</summary>
    public IReadOnlyDictionary<string, ToolMetadata>? Inventory { get; init; }

    /// <summary>What the conditions read; whoever compiled them knows its type. Null where there are none.</summary>
    public object? Scope { get; init; }

    /// <summary>The MCP server that would run the tool; null when the call isn't one to an MCP server.</summary>
    public McpCall? Mcp { get; init; }
}
