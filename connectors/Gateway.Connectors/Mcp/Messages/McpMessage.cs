namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// One message of a client, read strictly: what it is, and where its parts stand in the body. Made by <see cref="McpMessageReader"/>; the
/// zero value is no message. Its slices are of the body it was read from and of no other.
/// </summary>
public readonly struct McpMessage
{
    private readonly MemberSlices _members;

    internal McpMessage(MessageKind kind, in MemberSlices members) => (Kind, _members) = (kind, members);

    public MessageKind Kind { get; }

    /// <summary>Where a member stands; the slice isn't present where the member isn't.</summary>
    public McpSlice this[McpMember member] => _members[(int)member];

    /// <summary>The request's or the answered request's id, as it stands: a string in quotes, or an integer.</summary>
    public McpSlice Id => this[McpMember.Id];

    public McpSlice Method => this[McpMember.Method];

    public McpSlice Params => this[McpMember.Params];

    /// <summary>The tool's or prompt's name (<c>params.name</c>).</summary>
    public McpSlice Name => this[McpMember.Name];

    /// <summary>The resource (<c>params.uri</c>).</summary>
    public McpSlice Uri => this[McpMember.Uri];

    /// <summary>An object, or not there: a tool may be called without.</summary>
    public McpSlice Arguments => this[McpMember.Arguments];

    public McpSlice Meta => this[McpMember.Meta];

    /// <summary>The version that the request itself claims to speak; what makes it a modern one.</summary>
    public McpSlice MetaVersion => this[McpMember.MetaVersion];

    /// <summary>What the client can do, of the modern era's <c>_meta</c>.</summary>
    public McpSlice MetaCapabilities => this[McpMember.MetaCapabilities];

    public McpSlice ProgressToken => this[McpMember.ProgressToken];

    public McpSlice Cursor => this[McpMember.Cursor];

    public McpSlice TaskId => this[McpMember.TaskId];

    public McpSlice RequestState => this[McpMember.RequestState];

    public McpSlice InputResponses => this[McpMember.InputResponses];

    /// <summary>The legacy era's wish for a task; where it is there, a server that makes tasks may answer with one.</summary>
    public McpSlice Task => this[McpMember.Task];

    /// <summary>What a client answers to a request of the server's.</summary>
    public McpSlice Result => this[McpMember.Result];

    public McpSlice Error => this[McpMember.Error];
}

/// <summary>What a JSON-RPC message is, told by its members.</summary>
public enum MessageKind
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary>A method with an id.</summary>
    Request,

    /// <summary>A method without an id: nobody answers it.</summary>
    Notification,

    /// <summary>A result.</summary>
    Response,

    /// <summary>An error.</summary>
    ErrorResponse,
}
