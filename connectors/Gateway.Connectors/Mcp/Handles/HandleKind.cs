using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Handles;

/// <summary>What a handle stands for. One of one kind never opens as one of another. The numbers are part of every handle.</summary>
public enum HandleKind
{
    /// <summary>Nothing: it neither seals nor opens.</summary>
    Unspecified = 0,

    /// <summary>The session that a server of the legacy era gave out, <c>Mcp-Session-Id</c>.</summary>
    Session = 1,

    /// <summary>The sessions of all servers behind the joined address, in one. Of no one connector.</summary>
    JoinedSession = 2,

    /// <summary>The state that a server wants back with a retry, <c>requestState</c>.</summary>
    RequestState = 3,

    /// <summary>A task's id.</summary>
    Task = 4,

    /// <summary>A subscription's id.</summary>
    Subscription = 5,

    /// <summary>The id of a request that the server sent, which its answer names.</summary>
    ServerRequest = 6,
}

/// <summary>Whose a handle is: a server knows all agents by one credential and can't tell, so Gateway does.</summary>
/// <param name="Connector">Empty for <see cref="HandleKind.JoinedSession"/>, and for that only.</param>
public readonly record struct HandleOwner(Id<Tenant> Tenant, Id<Agent> Agent, Id<Connector> Connector)
{
    internal bool MayHave(HandleKind kind) =>
        kind is > HandleKind.Unspecified and <= HandleKind.ServerRequest
        && !Tenant.IsEmpty
        && !Agent.IsEmpty
        && Connector.IsEmpty == (kind == HandleKind.JoinedSession);
}
