using Gateway.Connectors.Mcp.Handles;
using Gateway.Proxy.Pipeline;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>What all calls at the door share.</summary>
internal sealed class McpServices(
    SealedHandles handles,
    McpDefinitions definitions,
    McpOptions options,
    RequestsInCourse requests,
    TimeProvider time
)
{
    /// <value>How long a stream of a session's own, or of changes, may last, however quiet.</value>
    public static readonly TimeSpan StreamLife = TimeSpan.FromHours(1);

    public McpDefinitions Definitions => definitions;

    public RequestsInCourse Requests => requests;

    public McpSeals SealsOf(in HandleOwner owner) => new(handles, owner, time);

    /// <summary>
    /// Whether a page of this origin may call; a caller that is no page sends none. A page of this machine may where Gateway was called as
    /// one of this machine's: whoever can serve it can call by himself.
    /// </summary>
    /// <param name="authority">By which Gateway was called.</param>
    public bool Admits(string origin, string authority) =>
        options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (
            Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.IsLoopback
            && Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var own)
            && own.IsLoopback
        );
}
