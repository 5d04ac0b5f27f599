namespace Gateway.Gait.Adapters;

/// <summary>How a tool call becomes an intent.</summary>
/// <param name="ExplicitContext">Identity, workspace and session must be in the call. Otherwise they have defaults, and the risk class is
/// high.</param>
public sealed record ToolCallOptions(bool ExplicitContext = false);
