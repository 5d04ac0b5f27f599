namespace Gateway.Connectors.Mcp.Messages;

/// <summary>What one method is in one era, from one side. Immutable; made by <see cref="McpMethods"/> only.</summary>
/// <param name="Name">As the message has it, case and all.</param>
/// <param name="Act">What it does, the same in both eras.</param>
/// <param name="Senders">Who may send it.</param>
/// <param name="Eras">In which it exists.</param>
/// <param name="Kind">A request or a notification: the one with the other's method isn't known.</param>
/// <param name="Judged">As what policy judges it.</param>
/// <param name="Subject">The member that names what it acts on, which must be there; none where it acts on nothing that has a
/// name.</param>
/// <param name="HasNameHeader">Whether <c>Mcp-Name</c> says the subject too.</param>
/// <param name="Capability">What the receiver must have declared: names of members, from its capabilities inward; empty for
/// nothing.</param>
public sealed record McpMethod(
    string Name,
    McpAct Act,
    McpSenders Senders,
    McpEras Eras,
    MessageKind Kind,
    McpJudged Judged,
    McpMember Subject,
    bool HasNameHeader,
    IReadOnlyList<string> Capability
)
{
    /// <summary>
    /// Whether the method may be answered by such a result: by a question only what calls, prompts or reads (<c>patterns/mrtr</c>,
    /// "Supported Requests"), by a task only a call (tasks extension, "Supported Methods"), and in the legacy era by neither, which it
    /// doesn't know.
    /// </summary>
    public bool Allows(McpResultType type, McpEras era) =>
        type switch
        {
            McpResultType.Unsaid or McpResultType.Complete => true,
            McpResultType.InputRequired => era == McpEras.Modern && Act is McpAct.CallTool or McpAct.GetPrompt or McpAct.ReadResource,
            McpResultType.Task => era == McpEras.Modern && Act == McpAct.CallTool,
            McpResultType.None or McpResultType.Unknown => false,
        };
}

/// <summary>What a method does.</summary>
public enum McpAct
{
    /// <summary>Nothing that is known.</summary>
    None = 0,
    Initialize,
    Discover,
    ListTools,
    ListPrompts,
    ListResources,
    ListResourceTemplates,
    CallTool,
    GetPrompt,
    ReadResource,
    Complete,
    Subscribe,
    Unsubscribe,

    /// <summary>Opens a stream of changes; each URI of its filter is a read, each task id a task.</summary>
    Listen,
    Ping,
    SetLevel,
    GetTask,
    UpdateTask,
    CancelTask,

    // Requests of a server.
    Sample,
    Elicit,
    ListRoots,

    // Notifications.
    Initialized,
    Cancelled,
    Progress,
    RootsChanged,
    Log,
    ToolsChanged,
    PromptsChanged,
    ResourcesChanged,
    ResourceUpdated,
    ElicitationDone,
    Acknowledged,
    TaskStatus,
}

/// <summary>As what policy judges a message.</summary>
public enum McpJudged
{
    /// <summary>As nothing: it is refused.</summary>
    None = 0,

    /// <summary>As <c>mcp.session</c>, which any permission on the connector includes.</summary>
    Session,

    /// <summary>As <c>mcp.list</c>; what is listed is cut to what may be used.</summary>
    List,

    /// <summary>As the operation that its subject names.</summary>
    Operation,

    /// <summary>As the operation that made the task.</summary>
    Task,
}

/// <summary>Who sends a message.</summary>
[Flags]
public enum McpSenders
{
    None = 0,
    Client = 1,
    Server = 2,
}

/// <summary>The two ways of speaking MCP, which share most methods and no handshake.</summary>
[Flags]
public enum McpEras
{
    /// <summary>Not told yet: no method exists in it.</summary>
    None = 0,

    /// <summary>2025-03-26 to 2025-11-25: <c>initialize</c> and sessions.</summary>
    Legacy = 1,

    /// <summary>2026-07-28: each request carries its version and capabilities.</summary>
    Modern = 2,
}
