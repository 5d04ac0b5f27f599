namespace Gateway.Authoring.Coverage;

/// <summary>One thing that a case can exercise.</summary>
/// <param name="Name">Such as <c>6 tool_permission fail</c>, <c>demo/assistant crm/read-contact</c> or <c>demo/house-rules
/// no-secrets</c>.</param>
/// <param name="Cases">How many did.</param>
public sealed record Exercised(string Name, int Cases);
