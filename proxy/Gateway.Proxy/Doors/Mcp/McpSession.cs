using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>Headers of Streamable HTTP.</summary>
internal static class McpHeaderNames
{
    public const string Session = "Mcp-Session-Id";
    public const string Version = "MCP-Protocol-Version";
    public const string Method = "Mcp-Method";

    /// <summary>As headers that go on are named.</summary>
    public const string OutgoingSession = "mcp-session-id";
}

/// <summary>
/// The legacy era's sessions: the client holds a sealed handle, the server its own id. Nothing is stored, so another agent's handle, a
/// changed and an expired one are no handle at all.
/// </summary>
internal static class McpSession
{
    /// <summary>The server's id behind the handle that a request carries.</summary>
    public static bool TryOpen(
        McpServices services,
        in HandleOwner owner,
        IHeaderDictionary headers,
        [NotNullWhen(true)] out string? session
    )
    {
        session = null;
        if (
            headers.TryGetValue(McpHeaderNames.Session, out var handle)
            && handle.Count == 1
            && services.Handles.TryOpen(HandleKind.Session, owner, handle[0], [], services.Time.GetUtcNow(), out var value)
        )
        {
            session = Encoding.ASCII.GetString(value);
        }

        return session is not null;
    }

    /// <summary>The same for a message, which may be of no session: then null, and the header goes on empty, which is not at all.</summary>
    public static bool TryTake(McpServices services, in HandleOwner owner, McpRequest request, IHeaderDictionary headers, out string? session)
    {
        session = null;
        if (!headers.ContainsKey(McpHeaderNames.Session))
        {
            return true;
        }

        if (request.IsModern || request.Act == McpAct.Initialize)
        {
            session = ""; // It says nothing there.
            return true;
        }

        return TryOpen(services, owner, headers, out session);
    }

    /// <summary>What the client gets in place of the server's id; null where that is too long to be one.</summary>
    public static string? Seal(McpServices services, in HandleOwner owner, string session) =>
        services.Handles.TrySeal(
            HandleKind.Session,
            owner,
            Encoding.ASCII.GetBytes(session),
            [],
            services.Time.GetUtcNow() + McpServices.SessionLife,
            out var handle
        )
            ? handle
            : null;
}
