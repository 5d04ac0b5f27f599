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
