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

/// <summary>What a tool call says about its context.</summary>
internal sealed record ToolCallContext
{
    public string Identity { get; init; } = "";
    public string Workspace { get; init; } = "";
    public string RiskClass { get; init; } = "";
    public string SessionId { get; init; } = "";

    /// <summary>The other texts of the context, by the names that intents have for them.</summary>
    public IReadOnlyList<(string Name, string Value)> Texts { get; init; } = [];
    public IReadOnlyList<string> CredentialScopes { get; init; } = [];

    /// <summary>The authentication context, and what is added to it; null for none.</summary>
    public JsonElement? Auth { get; init; }
    public IReadOnlyList<(string Name, string Value)> AuthTexts { get; init; } = [];
    public JsonElement? OAuthEvidence { get; init; }
}

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
