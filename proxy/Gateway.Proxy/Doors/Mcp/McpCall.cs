using Gateway.Connectors.Contracts;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>One message to an MCP server, or a session's stream or end. One request only.</summary>
/// <param name="connector">As it stands in the path, unchecked.</param>
internal sealed class McpCall(McpServices services, string connector, McpReplies replies) : ActionCall(replies, "/mcp/{connector}")
{
    private static readonly string[] Json = ["application/json"];

    private McpRequest? _request;
    private McpAudience? _audience;
    private McpSeals? _seals;
    private Operation? _operation;
    private CheckedDefinition? _definition;
    private bool _isReduced; // Whether something was demanded of the answer of the call that made the task.
    private string _owed = ""; // The request whose answer a stream goes on with, by its id.

    /// <summary>The page that was answered, before anything was cut; null where none was.</summary>
    public ListPage? Listed { get; private set; }

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        var request = envelope.Http.Request;
        if (request.Headers.Origin is { Count: > 0 } origin && !services.Admits(origin.ToString(), envelope.Authority))
        {
            return replies.Fail(McpRefusals.Origin);
        }

        if (
            !Id<Connector>.TryParse(connector, out var id)
            || !tenant.Connectors.TryGetValue(id, out var found)
            || found.Mcp is not { } surface
        )
        {
            return ReasonCode.UnknownConnector;
        }

        if (envelope.RawQuery.Length > 1)
        {
            return new Refusal(ReasonCode.UnsupportedFeature, "An MCP server's address has no query. Leave it out.");
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsDelete(request.Method))
        {
            replies.BeginStream();
            return request.Headers.ContainsKey(McpHeaderNames.Session)
                ? new CallTarget(BodyLimit: 0, found, surface.Session)
                : replies.Fail(McpRefusals.NoStream);
        }

        return !HttpMethods.IsPost(request.Method) ? replies.Fail(McpRefusals.Method)
            : BodyReader.Accepts(request.ContentType, Json, out _) ? new CallTarget(LimitOf(found), found)
            : ReasonCode.UnsupportedMediaType;
    }

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    ) => ReasonCode.InternalError; // What it means may have to be asked for first.

    public override async ValueTask<Result<CalledOperation>> ReadAsync(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        if (target.Connector is not { Mcp: { } surface } found || !tenant.Agents.TryGetValue(agent, out var dossier))
        {
            return ReasonCode.AgentUnregistered;
        }

        var owner = new HandleOwner(tenant.Tenant.Id, agent, found.Id);
        var environment = IntentStage.Stricter(
            tenant.Workspaces.TryGetValue(dossier.Agent.Workspace, out var workspace) ? workspace.Environment : default,
            found.Environment
        );
        (_audience, _seals) = (new McpAudience(owner, dossier, found, surface, McpSurface.NeedsPin(environment)), services.SealsOf(owner));
        if (target.Operation is { } stream)
        {
            return ReadStream(stream, envelope.Http.Request.Headers, HttpMethods.IsGet(envelope.Http.Request.Method));
        }

        if (!ReadMessage(envelope, body).TryGet(out var request, out var refusal))
        {
            return refusal;
        }

        if (!Place(request, envelope.Http.Request.Headers).TryGet(out var called, out refusal))
        {
            return refusal;
        }

        (_definition, refusal) = await new McpDefinitionCheck(services, _audience, request, replies).RefuseAsync(
            envelope,
            called.Operation
        );
        if (refusal is null && _definition is { Mirrored.Length: > 0 })
        {
            refusal = McpMirror.RefusalOf(request, _definition, envelope.Http.Request.Headers, replies);
        }

        return refusal is not null
            ? refusal
            : called with
            {
                Mcp = new McpCalled(request.Method?.Name, request.Name, _definition?.Definition.Digest, McpMirror.NamesOf(_definition)),
            };
    }

    /// <summary>A stream of the session's own, or of changes, is long and quiet.</summary>
    public override ConnectorTimeouts TimeoutsOf(Connector connector) =>
        _request is null or { Act: McpAct.Listen }
            ? connector.Timeouts with
            {
                Idle = McpServices.StreamLife,
                Total = McpServices.StreamLife,
            }
            : connector.Timeouts;

    public override Range ArgumentsIn(ReadOnlySpan<byte> body)
    {
        if (_request is null || !McpMessageReader.TryRead(body, out var message, out _, _request.IsLoose))
        {
            return ..0;
        }

        var arguments = _request.Method is null ? message.Result : message.Arguments;
        return arguments.Start..(arguments.Start + arguments.Length);
    }

    /// <summary>What was reduced must still be what the tool takes.</summary>
    public override string? ProblemOf(ReadOnlyMemory<byte> body) =>
        _request?.Act != McpAct.CallTool || _definition is null ? null
        : _definition.Mirrored.Length > 0 ? "the tool wants arguments repeated in headers, which would tell what was taken out."
        : _definition.ProblemOf(body.Span[ArgumentsIn(body.Span)]) is { } problem
            ? $"what is left of the arguments doesn't fit the tool's inputSchema: {problem}."
        : null;

    public override ReadOnlyMemory<byte>? Outgoing(ReadOnlyMemory<byte> body) =>
        _request is null ? body : McpOutgoing.Of(body, _request, _operation!, _audience!, _seals!);

    public override AnswerMessages MessagesOf(Intent intent, Connector connector) =>
        new McpAnswers(services, _audience!, _seals!, _request, _operation!, _owed, _isReduced, page => Listed = page);

    /// <summary>A session's own stream, or one that goes on where it was lost: then it is judged as what its answer came of.</summary>
    private Result<CalledOperation> ReadStream(Operation stream, IHeaderDictionary headers, bool isRead)
    {
        _operation = stream;
        if (!McpSession.TryOpen(_seals!, headers, out var session))
        {
            return replies.Fail(McpRefusals.Session);
        }

        var replaced = new List<KeyValuePair<string, string>>
        {
            new(McpHeaderNames.OutgoingSession, session),
            new(McpHeaderNames.OutgoingLastEvent, ""),
        };
        if (isRead && headers.TryGetValue(McpHeaderNames.LastEvent, out var last) && last.Count > 0)
        {
            if (last.Count > 1 || _seals!.OpenEvent(last[0]) is not { } seen || _audience!.Find(seen.Operation) is not { } operation)
            {
                return replies.Fail(McpRefusals.Event);
            }

            (_operation, _owed) = (operation, seen.Request);
            replaced[^1] = new(McpHeaderNames.OutgoingLastEvent, seen.Id);
        }

        return new CalledOperation(_audience!.Connector, _operation, Path, Arguments: default, BodyReading.Empty) { Replaced = replaced };
    }

    private Result<McpRequest> ReadMessage(RequestEnvelope envelope, ReadOnlyMemory<byte> body)
    {
        var headers = envelope.Http.Request.Headers;
        var version = headers.TryGetValue(McpHeaders.Version, out var said) ? said.ToString() : null;
        var isLoose = _audience!.Connector.Compares.Names != Spelling.Exact;
        if (!McpRequest.TryRead(body, version, isLoose, out var message, out var era, out _request, out var fault))
        {
            replies.Begin(message.Id.Of(body.Span), era != McpEras.Legacy, callsTool: false);
            return replies.Fail(fault!.Requested is null ? fault : fault.WithSupported([McpEra.ModernVersion]));
        }

        replies.Begin(
            _request!.Method?.Kind == MessageKind.Request ? message.Id.Of(body.Span) : default,
            _request.IsModern,
            _request.Act == McpAct.CallTool
        );
        return McpMirror.RefusalOf(_request, definition: null, headers, replies) is { } differs ? differs : _request;
    }

    /// <summary>Which operation it is, in which session, with what of the server's own put back.</summary>
    private Result<CalledOperation> Place(McpRequest request, IHeaderDictionary headers)
    {
        var replaced = new List<KeyValuePair<string, string>> { new(McpHeaderNames.OutgoingLastEvent, "") };
        if (request.Method is not { HasNameHeader: true })
        {
            replaced.Add(new(McpHeaderNames.OutgoingName, "")); // It says nothing there that anybody has held against the body.
        }

        var operation = request.OperationOf(_audience!.Surface);
        if (request.Method?.Judged == McpJudged.Task)
        {
            if (McpTasks.FaultOf(request) is { } undeclared)
            {
                return replies.Fail(undeclared);
            }

            if (_seals!.OpenTask(request.Text(request.Message.TaskId)) is { } task)
            {
                _isReduced = task.IsReduced;
                operation = _audience.Find(task.Operation);
                replaced.Add(new(McpHeaderNames.OutgoingName, task.Id));
            }
        }

        if (operation is null)
        {
            return replies.Fail(McpRefusals.NotThere(request.Act));
        }

        if (operation.Sends is Sends.Identifiers or Sends.Nothing && request.CarriesMore)
        {
            return new Refusal(
                ReasonCode.MalformedRequest,
                "The operation sends no content, so the message has none beside its arguments."
            );
        }

        if (request.Body.Length > operation.RequestBytes)
        {
            return new Refusal(ReasonCode.RequestTooLarge, $"The message is over {operation.RequestBytes} bytes.");
        }

        if (McpOutgoing.FaultOf(request, operation, _audience, _seals!) is { } foreign)
        {
            return replies.Fail(foreign);
        }

        if (!McpSession.TryTake(_seals!, request, headers, out var session))
        {
            return replies.Fail(McpRefusals.Session);
        }

        if (session is not null)
        {
            replaced.Add(new(McpHeaderNames.OutgoingSession, session));
        }

        _operation = operation;
        return new CalledOperation(_audience.Connector, operation, Path, request.Arguments.Of(request.Body), BodyReading.Empty)
        {
            Replaced = replaced,
        };
    }

    private string Path => _audience!.Connector.BaseAddress.AbsolutePath;

    private static long LimitOf(Connector connector)
    {
        var most = 0L;
        for (var i = 0; i < connector.Operations.Count; i++)
        {
            most = Math.Max(most, connector.Operations[i].RequestBytes);
        }

        return most;
    }
}
