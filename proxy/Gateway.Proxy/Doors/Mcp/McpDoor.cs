using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>One MCP server behind Gateway: <c>/mcp/{connector}</c>, over Streamable HTTP.</summary>
internal sealed class McpDoor(McpServices services) : ProblemDoor
{
    private const string Start = "/mcp/";

    public override Door Name => Door.Mcp;

    public override DoorCall? Find(HttpRequest request, string path) =>
        path.StartsWith(Start, StringComparison.Ordinal) && path.IndexOf('/', Start.Length) < 0
            ? new McpCall(services, path[Start.Length..], new McpReplies())
            : null;

    public override DoorCall? FindLost(HttpRequest request, string path) =>
        path == Start[..^1] || path.StartsWith(Start, StringComparison.Ordinal)
            ? new DoorCall(this, "", "Each MCP server has an address of its own: /mcp/{connector}, with the connector's name and no more.")
            : null;
}
