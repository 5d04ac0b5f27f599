using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>What the door refuses by itself, in the protocol's words.</summary>
internal static class McpRefusals
{
    /// <summary>DNS rebinding: a page that a user opens must not reach what the user's machine can.</summary>
    public static McpFault Origin { get; } =
        new(
            StatusCodes.Status403Forbidden,
            "Pages of this origin may not call here. Where one should, name its origin in Gateway:Mcp:Origins.",
            StatusCodes.Status403Forbidden,
            ReasonCode.UnsupportedFeature
        );

    /// <summary>2025-11-25, "Session Management": the client must begin another session.</summary>
    public static McpFault Session { get; } =
        new(
            StatusCodes.Status404NotFound,
            "Session not found. It has expired, or isn't this agent's on this connector: send initialize again.",
            StatusCodes.Status404NotFound,
            ReasonCode.UnknownObject
        );

    public static McpFault NoStream { get; } =
        new(
            StatusCodes.Status405MethodNotAllowed,
            "A stream of a session's own, and its end, are asked for with the session's Mcp-Session-Id.",
            StatusCodes.Status405MethodNotAllowed,
            ReasonCode.UnsupportedFeature
        );

    public static McpFault Method { get; } =
        new(
            StatusCodes.Status405MethodNotAllowed,
            "An MCP server takes POST, and of sessions GET and DELETE.",
            StatusCodes.Status405MethodNotAllowed,
            ReasonCode.UnsupportedFeature
        );

    /// <summary>The same for what isn't there, isn't permitted, and isn't approved as it is defined now.</summary>
    public static McpFault NotThere(McpAct act) =>
        McpFaults.NotThere(
            act switch
            {
                McpAct.CallTool => "tool",
                McpAct.GetPrompt or McpAct.Complete => "prompt",
                McpAct.GetTask or McpAct.UpdateTask or McpAct.CancelTask => "task",
                _ => "resource",
            }
        );
}
