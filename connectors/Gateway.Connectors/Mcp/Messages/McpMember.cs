using System.Runtime.CompilerServices;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// The members of a message that Gateway reads. A message has params or a result and never both, so that a <c>taskId</c> or a <c>_meta</c>
/// is one member here, whichever of them it is of. Names and shapes are in <see cref="MemberTable"/>.
/// </summary>
public enum McpMember
{
    /// <summary>No member: one that isn't read.</summary>
    None = 0,

    // The message itself.
    JsonRpc,
    Id,
    Method,
    Params,
    Result,
    Error,

    // Of params or of a result.
    Meta,
    Name,
    Uri,
    Arguments,
    Cursor,
    TaskId,
    RequestState,
    InputResponses,
    Task,
    Ref,
    Argument,
    Level,
    RequestId,
    Progress,
    Filter,
    Version,
    Capabilities,
    ClientInfo,
    Mode,
    Url,

    // Of params.ref.
    RefType,
    RefName,
    RefUri,

    // Of params.notifications.
    FilterUris,
    FilterTasks,

    // Of _meta.
    ProgressToken,
    MetaVersion,
    MetaClientInfo,
    MetaCapabilities,
    MetaLogLevel,
    SubscriptionId,
    RelatedTask,

    // Of a result, and of what a notification says of a task.
    ResultType,
    IsError,
    Content,
    StructuredContent,
    InputRequests,
    Status,
    TaskResult,
    TaskError,
    NextCursor,
    Tools,
    Prompts,
    Resources,
    ResourceTemplates,
    Contents,
    Messages,
    Completion,
    SupportedVersions,
    Instructions,
    ServerInfo,
    TtlMs,
    CacheScope,

    // Of an error.
    ErrorCode,
    ErrorMessage,
    ErrorData,
}

/// <summary>The slice of each member, by <see cref="McpMember"/>.</summary>
[InlineArray(Count)]
internal struct MemberSlices
{
    public const int Count = (int)McpMember.ErrorData + 1;

    private McpSlice _first;
}
