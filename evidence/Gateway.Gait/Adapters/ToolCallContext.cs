using System.Text.Json;

namespace Gateway.Gait.Adapters;

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
