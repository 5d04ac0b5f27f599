using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// Reads what a server answers, message by message: what the agent may not see is taken out, what the server may not ask is stopped, what
/// it wants back is sealed, and what isn't the answer to this request ends it. One answer only.
/// </summary>
/// <param name="request">Null for a stream of the session's own.</param>
/// <param name="operation">As which it was judged.</param>
/// <param name="owed">The request whose answer a resumed stream goes on with, by its id; empty for none.</param>
/// <param name="isReduced">Whether something was demanded of the answer of the call that made the task that is asked for.</param>
/// <param name="listed">Is given a page before it is cut.</param>
internal sealed class McpAnswers(
    McpServices services,
    McpAudience audience,
    McpSeals seals,
    McpRequest? request,
    Operation operation,
    string owed,
    bool isReduced,
    Action<ListPage> listed
) : AnswerMessages
{
    private static readonly Refusal Unreadable = new(ReasonCode.UpstreamFailed, "The server's answer isn't a message of MCP.");
    private static readonly Refusal Foreign = new(ReasonCode.UpstreamFailed, "The server answered another request than this one.");
    private static readonly Refusal Unmet = new(ReasonCode.ObligationUnmet, "It was done, and its answer was withheld.");

    private readonly McpExchange _exchange = new(request is null ? Encoding.UTF8.GetBytes(owed) : request.Message.Id.Of(request.Body.Span));
    private bool _isDone;
    private bool _hasObligations;

    private bool IsModern => request?.IsModern == true;

    /// <summary>A legacy stream may hang up before its answer, which the client then fetches by what it saw last.</summary>
    public override bool MayEnd => _isDone || request is not { Method.Kind: MessageKind.Request, IsModern: true, Act: not McpAct.Listen };

    /// <summary>The credential is Gateway's: told as it comes, the client would log in, at the wrong place.</summary>
    public override Refusal? RefusalOf(int status) =>
        status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
            ? new Refusal(ReasonCode.CredentialUnavailable, "The server doesn't accept the credential that Gateway has for it.")
            : null;

    public override KeyValuePair<string, string>? HeaderOf(HttpResponseMessage answer) =>
        request?.Act == McpAct.Initialize
        && answer.Headers.NonValidated.TryGetValues(McpHeaderNames.Session, out var values)
        && values.ToString() is { Length: > 0 } session
        && session.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
        && seals.Session(session) is { } handle
            ? new(McpHeaderNames.Session, handle)
            : null;

    /// <summary>
    /// What goes on from an event is judged as what the stream came of, so the id says what that is. An answer that is cut or reduced, and
    /// one by which both sides agree, isn't fetched so: what it was reduced for isn't known any more. The modern era has no such ids.
    /// </summary>
    public override string? EventIdOf(ReadOnlySpan<byte> id) =>
        IsModern || id.IsEmpty ? null
        : _hasObligations || request is { Method.Judged: not McpJudged.Operation } ? ""
        : seals.Event(
            Encoding.UTF8.GetString(id),
            operation.Id,
            request is null ? owed : Encoding.UTF8.GetString(request.Message.Id.Of(request.Body.Span))
        ) ?? "";

    public override Result<AnswerMessage> Read(int status, ReadOnlyMemory<byte> message, bool isEvent, MessageReduction? reduce)
    {
        _hasObligations |= reduce is not null;
        if (_isDone)
        {
            return AnswerMessage.Dropped; // Whatever comes behind the answer is nobody's.
        }

        if (message.IsEmpty)
        {
            return isEvent || request?.Method?.Kind != MessageKind.Request || status >= StatusCodes.Status400BadRequest
                ? new AnswerMessage(StreamEvent.Forward, message)
                : Unreadable;
        }

        if (!isEvent && status >= StatusCodes.Status400BadRequest)
        {
            _isDone = true;
            return Refused(message, reduce);
        }

        return !McpAnswer.TryRead(message.Span, out var answer, out _)
            ? Unreadable
            : _exchange.Take(answer, message.Span) switch
            {
                AnswerPlace.Answer => Answered(answer, message, reduce),
                AnswerPlace.Unaddressed when request is not null => Failed(message, reduce),
                AnswerPlace.Aside => Aside(answer, message, reduce),
                AnswerPlace.Again or AnswerPlace.Unaddressed or AnswerPlace.Unknown => Foreign,
            };
    }

    /// <summary>
    /// A client of both eras tells by this body which one the server speaks, so it goes on as it is, whatever it is; but for a result,
    /// which has no place there.
    /// </summary>
    private Result<AnswerMessage> Refused(ReadOnlyMemory<byte> message, MessageReduction? reduce) =>
        reduce is { LimitsRows: true } or { NamesFields: true } ? Unmet
        : McpServerRequests.RefusalOfError(message, audience.Surface) is { } refusal ? refusal
        : Redacted(StreamEvent.Error, message, reduce);

    private Result<AnswerMessage> Answered(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (answer.Kind == MessageKind.ErrorResponse)
        {
            return Failed(message, reduce);
        }

        _isDone = true;
        if (request?.Method is { } method && !method.Allows(answer.ResultType, request.Era))
        {
            return Unreadable;
        }

        return ListOf(request?.Act ?? McpAct.None) is { } kind ? Listed(kind, message, reduce)
            : request?.Act == McpAct.Initialize
                ? Agreed(CapabilityCut.TryOfInitialize(message, audience.Allowed, out var cut, out _), cut, reduce)
            : request?.Act == McpAct.Discover ? Agreed(CapabilityCut.TryOfDiscover(message, audience.Allowed, out cut, out _), cut, reduce)
            : Resulted(answer, message, reduce);
    }

    private Result<AnswerMessage> Failed(ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        _isDone = true;
        return McpServerRequests.RefusalOfError(message, audience.Surface) is { } refusal
            ? refusal
            : Redacted(StreamEvent.Last, message, reduce);
    }

    private static Result<AnswerMessage> Agreed(bool isRead, ReadOnlyMemory<byte> cut, MessageReduction? reduce) =>
        isRead ? Redacted(StreamEvent.Last, cut, reduce) : Unreadable;

    private Result<AnswerMessage> Listed(ListKind kind, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        // Kept beyond this answer's buffer.
        if (ListPage.Read(kind, message.ToArray(), out _) is not { } page)
        {
            return Unreadable;
        }

        services.Definitions.See(audience.SourceOf(kind), page, name => audience.TrustsFirst(kind, name));
        listed(page);
        return Redacted(
            StreamEvent.Last,
            page.Cut(definition => audience.MayList(services.Definitions, kind, definition), IsModern),
            reduce
        );
    }

    private Result<AnswerMessage> Resulted(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (
            answer.InputRequests.IsPresent
            && McpServerRequests.RefusalOf(answer.InputRequests.Of(message.Span), audience.Surface) is { } refusal
        )
        {
            return refusal;
        }

        var edits = new McpEdits();
        if (IsModern && answer.RequestState.IsPresent)
        {
            if (
                seals.State(
                    answer.RequestState.GetText(message.Span),
                    operation.Id,
                    request!.Name ?? "",
                    request.Arguments.Of(request.Body.Span)
                )
                is not { } state
            )
            {
                return Unreadable;
            }

            edits.PutText(answer.RequestState, state);
        }

        if (answer.TaskId.IsPresent && IsModern)
        {
            var isAsked = request!.Method?.Judged == McpJudged.Task;
            if (isAsked && reduce is null && isReduced)
            {
                return Unmet; // What was demanded of the call's answer isn't demanded of this one's.
            }

            // The handle that the agent asked by stays the one that it knows.
            var task = isAsked
                ? request.Text(request.Message.TaskId)
                : seals.Task(answer.TaskId.GetText(message.Span), operation.Id, reduce is not null);
            if (task is null)
            {
                return Unreadable;
            }

            edits.PutText(answer.TaskId, task);
        }

        return McpResultReduction.TryReduce(answer, message, reduce, edits)
            ? Redacted(StreamEvent.Last, edits.Apply(message), reduce)
            : Unmet;
    }

    /// <summary>A notification, or what the server asks its client for.</summary>
    private Result<AnswerMessage> Aside(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (answer.Kind == MessageKind.Request)
        {
            return McpServerRequests.RefusalOf(answer, message.Span, audience.Surface) is { } refusal
                ? refusal
                : Redacted(StreamEvent.Forward, message, reduce);
        }

        if (!McpMethods.TryFind(answer, message.Span, IsModern ? McpEras.Modern : McpEras.Legacy, out var method))
        {
            return AnswerMessage.Dropped; // Nobody knows what it would do to the client.
        }

        if (ChangedBy(method.Act) is { } kind)
        {
            services.Definitions.Known.Forget(audience.SourceOf(kind));
        }

        if (method.Act == McpAct.ResourceUpdated && !IsUsable(answer[McpMember.Uri], message.Span))
        {
            return AnswerMessage.Dropped;
        }

        var edits = new McpEdits();
        if (method.Act == McpAct.TaskStatus && !TrySeal(answer, message.Span, edits))
        {
            return AnswerMessage.Dropped;
        }

        return Redacted(StreamEvent.Forward, edits.Apply(message), reduce);
    }

    /// <summary>
    /// What is told of a task goes on where the agent asked to be told of it, by its own handle. A result or a question in it is judged as
    /// what made the task, so it is fetched by asking for the task.
    /// </summary>
    private bool TrySeal(in McpAnswer answer, ReadOnlySpan<byte> message, McpEdits edits)
    {
        if (request is null || !answer.TaskId.IsPresent || answer[McpMember.TaskResult].IsPresent || answer.InputRequests.IsPresent)
        {
            return false;
        }

        var id = answer.TaskId.GetText(message);
        foreach (var asked in new McpItems(request.Body.Span, request.Message[McpMember.FilterTasks]))
        {
            var handle = request.Text(asked);
            if (seals.OpenTask(handle)?.Id == id)
            {
                edits.PutText(answer.TaskId, handle);
                return true;
            }
        }

        return false;
    }

    private bool IsUsable(McpSlice uri, ReadOnlySpan<byte> message) =>
        uri.IsPresent && audience.Surface.Resource(uri.GetText(message)) is { } resource && audience.MayUse(resource);

    private static Result<AnswerMessage> Redacted(StreamEvent what, ReadOnlyMemory<byte> message, MessageReduction? reduce) =>
        reduce is null || reduce.TryRedact(message, out message) ? new AnswerMessage(what, message) : Unmet;

    private static ListKind? ListOf(McpAct act) =>
        act switch
        {
            McpAct.ListTools => ListKind.Tools,
            McpAct.ListPrompts => ListKind.Prompts,
            McpAct.ListResources => ListKind.Resources,
            McpAct.ListResourceTemplates => ListKind.ResourceTemplates,
            _ => null,
        };

    private static ListKind? ChangedBy(McpAct act) =>
        act switch
        {
            McpAct.ToolsChanged => ListKind.Tools,
            McpAct.PromptsChanged => ListKind.Prompts,
            McpAct.ResourcesChanged => ListKind.Resources,
            _ => null,
        };
}
