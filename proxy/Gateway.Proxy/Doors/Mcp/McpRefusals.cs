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

    /// <summary>A state that was changed, is another agent's, or came of another call.</summary>
    public static McpFault State { get; } =
        new(
            McpCodes.InvalidParams,
            "Invalid params: requestState isn't one that this agent was given for this call in the last 10 minutes. Ask anew without it.",
            StatusCodes.Status200OK,
            ReasonCode.UnknownObject
        );

    /// <summary>An id of an event that isn't this agent's, or of a stream that has expired.</summary>
    public static McpFault Event { get; } =
        new(
            StatusCodes.Status400BadRequest,
            "Last-Event-ID isn't one that this agent was given. Ask for the stream without it.",
            StatusCodes.Status400BadRequest,
            ReasonCode.UnknownObject
        );

    /// <summary>Told to the model, which can mend it (2025-11-25, "Error Handling").</summary>
    public static Refusal Arguments(string problem) =>
        new(ReasonCode.MalformedRequest, $"The arguments don't fit the tool's inputSchema: {problem}.");

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
