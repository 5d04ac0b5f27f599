using Gateway.Connectors.Contracts;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// Reads what a server answers, message by message: what the agent may not see is taken out, what the server may not ask is stopped, and
/// what isn't the answer to this request ends it. One answer only.
/// </summary>
/// <param name="request">Null for a stream of the session's own.</param>
/// <param name="next">Is told where the next page of a list is.</param>
internal sealed class McpAnswers(McpServices services, McpAudience audience, McpRequest? request, Action<string?> next) : AnswerMessages
{
    private static readonly Refusal Unreadable = new(ReasonCode.UpstreamFailed, "The server's answer isn't a message of MCP.");

    private static readonly Refusal Foreign = new(ReasonCode.UpstreamFailed, "The server answered another request than this one.");

    private bool _isDone;

    /// <summary>A legacy stream may hang up before its answer, which the client then fetches by what it saw last.</summary>
    public override bool MayEnd => _isDone || request is not { Method.Kind: MessageKind.Request, IsModern: true } || request.Act == McpAct.Listen;

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
        && McpSession.Seal(services, audience.Owner, session) is { } handle
            ? new(McpHeaderNames.Session, handle)
            : null;

    public override Result<AnswerMessage> Read(int status, ReadOnlyMemory<byte> message, bool isEvent, MessageReduction? reduce)
    {
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
            // A client of both eras tells by this body which one the server speaks, so it goes on as it is.
            _isDone = true;
            return Redacted(StreamEvent.Error, message, reduce);
        }

        return !McpAnswer.TryRead(message.Span, out var answer, out _) ? Unreadable
            : answer.Kind switch
            {
                MessageKind.Response or MessageKind.ErrorResponse => Answered(answer, message, reduce),
                MessageKind.Request => Asked(answer, message, reduce),
                MessageKind.Notification => Told(answer, message, reduce),
                MessageKind.None => Unreadable,
            };
    }

    private Result<AnswerMessage> Answered(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (request is null)
        {
            return AnswerMessage.Dropped; // A session's own stream answers nothing.
        }

        if (answer.Id.IsPresent && !answer.Id.ValueEquals(message.Span, request.Message.Id.Of(request.Body.Span)))
        {
            return Foreign;
        }

        _isDone = true;
        return answer.Kind == MessageKind.ErrorResponse ? Redacted(StreamEvent.Last, message, reduce)
            : request.IsModern && answer.ResultType == McpResultType.Unknown ? Unreadable
            : ListOf(request.Act) is { } kind ? Listed(kind, message, reduce)
            : !McpResultReduction.TryReduce(answer, ref message, reduce)
                ? new Refusal(ReasonCode.ObligationUnmet, "It was done, and its answer was withheld.")
            : Redacted(StreamEvent.Last, message, reduce);
    }

    private Result<AnswerMessage> Listed(ListKind kind, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (ListPage.Read(kind, message.ToArray(), out _) is not { } page)
        {
            return Unreadable;
        }

        services.Definitions.Learn(audience.Owner.Tenant, audience.Connector.Id, kind, page);
        next(page.NextCursor);
        var cut = page.Cut(definition => audience.MayList(services.Definitions, kind, definition), request!.IsModern);
        return Redacted(StreamEvent.Last, cut, reduce);
    }

    /// <summary>What a server asks its client for: what the connector doesn't list is a power that nobody gave it.</summary>
    private Result<AnswerMessage> Asked(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce) =>
        McpServerRequests.RefusalOf(answer, message.Span, audience.Surface) is { } refusal
            ? refusal
            : Redacted(StreamEvent.Forward, message, reduce);

    private Result<AnswerMessage> Told(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (!McpMethods.TryFind(answer, message.Span, request?.Era ?? McpEras.Legacy, out var method))
        {
            return AnswerMessage.Dropped; // Nobody knows what it would do to the client.
        }

        if (method.Act is McpAct.ToolsChanged or McpAct.PromptsChanged or McpAct.ResourcesChanged)
        {
            services.Definitions.Forget(audience.Owner.Tenant, audience.Connector.Id);
        }

        return
            method.Act == McpAct.ResourceUpdated
            && (
                audience.Surface.Resource(answer[McpMember.Uri].GetText(message.Span)) is not { } resource || !audience.MayUse(resource)
            )
            ? AnswerMessage.Dropped
            : Redacted(StreamEvent.Forward, message, reduce);
    }

    private static Result<AnswerMessage> Redacted(StreamEvent what, ReadOnlyMemory<byte> message, MessageReduction? reduce) =>
        reduce is null || reduce.TryRedact(message, out message)
            ? new AnswerMessage(what, message)
            : new Refusal(ReasonCode.ObligationUnmet, "It was done, and its answer was withheld.");

    private static ListKind? ListOf(McpAct act) =>
        act switch
        {
            McpAct.ListTools => ListKind.Tools,
            McpAct.ListPrompts => ListKind.Prompts,
            McpAct.ListResources => ListKind.Resources,
            McpAct.ListResourceTemplates => ListKind.ResourceTemplates,
            _ => null,
        };
}
