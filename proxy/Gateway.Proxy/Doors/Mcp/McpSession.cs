using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>Headers of Streamable HTTP.</summary>
internal static class McpHeaderNames
{
    public const string Session = "Mcp-Session-Id";
    public const string LastEvent = "Last-Event-ID";

    // As headers that go on are named.
    public const string OutgoingSession = "mcp-session-id";
    public const string OutgoingLastEvent = "last-event-id";
    public const string OutgoingName = "mcp-name";
}

/// <summary>
/// The legacy era's sessions: the client holds a sealed handle, the server its own id. Nothing is stored, so another agent's handle, a
/// changed and an expired one are no handle at all.
/// </summary>
internal static class McpSession
{
    /// <summary>The server's id behind the handle that a request carries.</summary>
    public static bool TryOpen(McpSeals seals, IHeaderDictionary headers, [NotNullWhen(true)] out string? session)
    {
        session = headers.TryGetValue(McpHeaderNames.Session, out var handle) && handle.Count == 1 ? seals.OpenSession(handle[0]) : null;
        return session is not null;
    }

    /// <summary>The same for a message, which may be of no session: then null, or empty for a header that says nothing there.</summary>
    public static bool TryTake(McpSeals seals, McpRequest request, IHeaderDictionary headers, out string? session)
    {
        session = null;
        if (!headers.ContainsKey(McpHeaderNames.Session))
        {
            return true;
        }

        if (request.IsModern || request.Act == McpAct.Initialize)
        {
            session = "";
            return true;
        }

        return TryOpen(seals, headers, out session);
    }
}
