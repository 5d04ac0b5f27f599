using System.Diagnostics.CodeAnalysis;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// One message of a server, from a JSON answer or one event of a stream, read as strictly as a client's: what it is, and where its parts
/// stand in the text. The zero value is no message.
/// </summary>
public readonly struct McpAnswer
{
    private readonly MemberSlices _members;

    private McpAnswer(MessageKind kind, McpResultType type, in MemberSlices members) =>
        (Kind, ResultType, _members) = (kind, type, members);

    public MessageKind Kind { get; }

    /// <summary>What kind of result it is; <see cref="McpResultType.None"/> for what is no result.</summary>
    public McpResultType ResultType { get; }

    public McpSlice this[McpMember member] => _members[(int)member];

    /// <summary>Not present for a notification, and for an error whose request the server couldn't read.</summary>
    public McpSlice Id => this[McpMember.Id];

    public McpSlice Method => this[McpMember.Method];

    public McpSlice Params => this[McpMember.Params];

    public McpSlice Result => this[McpMember.Result];

    public McpSlice Error => this[McpMember.Error];

    public McpSlice Content => this[McpMember.Content];

    public McpSlice StructuredContent => this[McpMember.StructuredContent];

    /// <summary>What the server asks of the client before it goes on; <see cref="McpInputRequests"/> reads it.</summary>
    public McpSlice InputRequests => this[McpMember.InputRequests];

    public McpSlice RequestState => this[McpMember.RequestState];

    public McpSlice NextCursor => this[McpMember.NextCursor];

    /// <summary>The task's id, of a result that is or tells a task, or of a notification about one.</summary>
    public McpSlice TaskId => this[McpMember.TaskId];

    /// <summary>Whether a tool says that it failed. What says nothing of it didn't.</summary>
    public bool IsError { get; private init; }

    /// <summary>Reads one message. What is broken, or could be read in two ways, must not reach the client as if it
    /// had been read.</summary>
    /// <param name="text">A whole JSON answer, or the data of one event.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out McpAnswer answer, [NotNullWhen(false)] out McpFault? fault)
    {
        fault = McpMessageReader.Read(text, isLoose: false, readsResult: true, out var kind, out var members);
        answer = fault is null ? Make(text, kind, in members) : default;
        return fault is null;
    }

    /// <summary>Reads a result that stands inside of another message, as a finished task's does: a response without an id.</summary>
    /// <param name="result">Its own text, such as <see cref="McpMember.TaskResult"/>'s, which slices are then of.</param>
    public static bool TryReadInner(ReadOnlySpan<byte> result, out McpAnswer answer, [NotNullWhen(false)] out McpFault? fault)
    {
        fault = McpMessageReader.ReadInner(result, out var members);
        answer = fault is null ? Make(result, MessageKind.Response, in members) : default;
        return fault is null;
    }

    private static McpAnswer Make(ReadOnlySpan<byte> text, MessageKind kind, in MemberSlices members) =>
        new(kind, TypeOf(text, kind, members[(int)McpMember.ResultType]), in members)
        {
            IsError = members[(int)McpMember.IsError].Of(text).SequenceEqual("true"u8),
        };

    private static McpResultType TypeOf(ReadOnlySpan<byte> text, MessageKind kind, McpSlice type) =>
        kind != MessageKind.Response ? McpResultType.None
        : !type.IsPresent ? McpResultType.Unsaid
        : type.TextEquals(text, "complete"u8) ? McpResultType.Complete
        : type.TextEquals(text, "input_required"u8) ? McpResultType.InputRequired
        : type.TextEquals(text, "task"u8) ? McpResultType.Task
        : McpResultType.Unknown;
}

/// <summary>How a result is to be read (2026-07-28, basic/index, "ResultType").</summary>
public enum McpResultType
{
    /// <summary>No result.</summary>
    None = 0,

    /// <summary>One that nobody here can read: the specification has it taken for invalid.</summary>
    Unknown,

    /// <summary>It doesn't say, as in the legacy era: it is complete.</summary>
    Unsaid,
    Complete,

    /// <summary>The client must answer first, and ask again.</summary>
    InputRequired,

    /// <summary>A task was made instead (tasks extension).</summary>
    Task,
}
