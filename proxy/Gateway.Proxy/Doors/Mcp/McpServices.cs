using Gateway.Connectors.Mcp.Handles;
using Gateway.Proxy.Pipeline;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>What all calls at the door share.</summary>
internal sealed class McpServices(
    SealedHandles handles,
    KnownDefinitions definitions,
    McpOptions options,
    RequestsInCourse requests,
    TimeProvider time
)
{
    /// <value>How long a session may last, of which only its handle knows; its client begins another behind it.</value>
    public static readonly TimeSpan SessionLife = TimeSpan.FromDays(1);

    /// <value>How long a server's own state may take to come back.</value>
    public static readonly TimeSpan StateLife = TimeSpan.FromMinutes(10);

    /// <value>How long a task can be asked for.</value>
    public static readonly TimeSpan TaskLife = TimeSpan.FromDays(1);

    /// <value>How long a stream of a session's own, or of changes, may last, however quiet.</value>
    public static readonly TimeSpan StreamLife = TimeSpan.FromHours(1);

    public SealedHandles Handles => handles;

    public KnownDefinitions Definitions => definitions;

    public RequestsInCourse Requests => requests;

    public TimeProvider Time => time;

    /// <summary>Whether a page of this origin may call; a caller that is no page sends none.</summary>
    public bool Admits(string origin) => options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
