namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether an MCP server is trusted.</summary>
/// <param name="Status"><c>missing</c>, <c>invalid</c>, <c>unknown</c>, <c>untrusted</c>, <c>stale</c>, <c>below_threshold</c> or
/// <c>trusted</c>.</param>
/// <param name="Enforced">Whether the section's action counts: it isn't trusted, and the call's risk class asks for it.</param>
public sealed record McpTrustDecision(string Status, bool Enforced, IReadOnlyList<string> ReasonCodes);
