namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Which MCP server a call goes to, and what is known of servers.</summary>
/// <param name="Server">Null where the call doesn't say.</param>
public sealed record McpCall(McpServer? Server, McpTrustSnapshot Snapshot);

/// <summary>A server as a call names it.</summary>
public sealed record McpServer(string Id, string Name = "")
{
    /// <summary>What the snapshot knows it by: its id, or else its name, in lower case.</summary>
    public string Key => (Id.Trim().Length > 0 ? Id : Name).Trim().ToLowerInvariant();
}

/// <summary>Whether an MCP server is trusted.</summary>
/// <param name="Status"><c>missing</c>, <c>invalid</c>, <c>unknown</c>, <c>untrusted</c>, <c>stale</c>, <c>below_threshold</c> or
/// <c>trusted</c>.</param>
/// <param name="Enforced">Whether the section's action counts: it isn't trusted, and the call's risk class asks for it.</param>
public sealed record McpTrustDecision(string Status, bool Enforced, IReadOnlyList<string> ReasonCodes);
