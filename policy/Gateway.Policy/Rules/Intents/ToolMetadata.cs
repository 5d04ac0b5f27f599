namespace Gateway.Policy.Rules.Intents;

/// <summary>What an inventory knows about a tool. Lower case; empty when unsaid.</summary>
public sealed record ToolMetadata(string ToolName = "", string DataClass = "", string EndpointClass = "", string AutonomyLevel = "");
