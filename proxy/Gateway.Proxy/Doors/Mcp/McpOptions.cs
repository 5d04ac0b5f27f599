namespace Gateway.Proxy.Doors.Mcp;

/// <summary>What pages in a browser may reach. Section <c>Gateway:Mcp</c>.</summary>
public sealed class McpOptions
{
    /// <value> Origins whose pages may call the MCP door, such as <c>https://inspector.example.com</c>: scheme, host and port as a browser
    /// sends them. None by default, so that no page that somebody happens to open can use what its machine reaches. </value>
    public IList<string> Origins { get; set; } = [];
}
