using System.Text.Json;

namespace Gateway.Gait.Adapters;

/// <summary>A tool call as an adapter found it, before it is normalised.</summary>
internal sealed record ToolCall
{
    public required string Adapter { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Null for none.</summary>
    public JsonElement? Args { get; init; }
    public IReadOnlyList<ToolCallStep> Steps { get; init; } = [];
    public IReadOnlyList<ToolCallTarget> Targets { get; init; } = [];

    /// <summary>As the call has it; null for none.</summary>
    public JsonElement? Provenance { get; init; }
    public JsonElement? Delegation { get; init; }
    public ToolCallContext Context { get; init; } = new();
    public string CreatedAt { get; init; } = "";
}

/// <summary>One step of a script.</summary>
internal sealed record ToolCallStep(string Name, JsonElement? Args, IReadOnlyList<ToolCallTarget> Targets, JsonElement? Provenance);
