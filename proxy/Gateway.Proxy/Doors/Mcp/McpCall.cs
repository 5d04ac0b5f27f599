using Gateway.Connectors.Contracts;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>One message to an MCP server, or its stream asked for or its session ended. One request only.</summary>
/// <param name="connector">As it stands in the path, unchecked.</param>
internal sealed class McpCall(McpServices services, string connector, McpReplies replies) : ActionCall(replies, "/mcp/{connector}")
{
    private static readonly string[] Json = ["application/json"];

    private McpRequest? _request;
    private McpAudience? _audience;

    /// <summary>Where the next page of a list is; null behind the last.</summary>
    public string? NextCursor { get; private set; }

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        var request = envelope.Http.Request;
        if (request.Headers.Origin is { Count: > 0 } origin && !services.Admits(origin.ToString()))
        {
            return replies.Fail(McpRefusals.Origin);
        }

        if (!Id<Connector>.TryParse(connector, out var id) || !tenant.Connectors.TryGetValue(id, out var found) || found.Mcp is not { } surface)
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
                ? new CallTarget(BodyLimit: 0, found, surface.Session, found.BaseAddress.AbsolutePath)
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
        _audience = new McpAudience(owner, dossier, found, surface, McpSurface.NeedsPin(environment));
        if (target.Operation is { } stream)
        {
            return McpSession.TryOpen(services, owner, envelope.Http.Request.Headers, out var asked)
                ? Called(stream, default, asked)
                : replies.Fail(McpRefusals.Session);
        }

        if (!Read(envelope, body).TryGet(out var request, out var refusal))
        {
            return refusal;
        }

        if (McpMirror.RefusalOf(request, null, envelope.Http.Request.Headers, replies) is { } differs)
        {
            return differs;
        }

        if (request.OperationOf(surface) is not { } operation)
        {
            return replies.Fail(McpRefusals.NotThere(request.Act));
        }

        if (body.Length > operation.RequestBytes)
        {
            return new Refusal(ReasonCode.RequestTooLarge, $"The message is over {operation.RequestBytes} bytes.");
        }

        if (!McpSession.TryTake(services, owner, request, envelope.Http.Request.Headers, out var session))
        {
            return replies.Fail(McpRefusals.Session);
        }

        var check = new McpDefinitionCheck(services, _audience, request, replies);
        var (definition, refused) = await check.RefuseAsync(envelope, operation);
        if (refused is null && definition is { Mirrored.Length: > 0 })
        {
            refused = McpMirror.RefusalOf(request, definition, envelope.Http.Request.Headers, replies);
        }

        if (refused is not null)
        {
            return refused;
        }

        return Called(operation, body.Slice(request.Arguments.Start, request.Arguments.Length), session) with
        {
            Definition = definition?.Definition.Digest,
            McpMethod = request.Method?.Name,
            Mirrored = McpMirror.NamesOf(envelope.Http.Request.Headers),
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
        if (_request is null || !McpMessageReader.TryRead(body, out var message, out _))
        {
            return ..0;
        }

        var arguments = _request.Method is null ? message.Result : message.Arguments;
        return arguments.Start..(arguments.Start + arguments.Length);
    }

    public override AnswerMessages MessagesOf(Intent intent, Connector connector) =>
        new McpAnswers(services, _audience!, _request, next => NextCursor = next);

    private Result<McpRequest> Read(RequestEnvelope envelope, ReadOnlyMemory<byte> body)
    {
        var headers = envelope.Http.Request.Headers;
        string? version = headers.TryGetValue(McpHeaderNames.Version, out var said) ? said.ToString() : null;
        var isLoose = _audience!.Connector.Compares.Names != Spelling.Exact;
        if (!McpRequest.TryRead(body, version, isLoose, out var message, out var era, out _request, out var fault))
        {
            replies.Begin(message.Id.Of(body.Span), era == McpEras.Modern, callsTool: false);
            return replies.Fail(fault!.Requested is null ? fault : fault.WithSupported([McpEra.ModernVersion]));
        }

        replies.Begin(
            _request!.Method?.Kind == MessageKind.Request ? message.Id.Of(body.Span) : default,
            _request.IsModern,
            _request.Act == McpAct.CallTool
        );
        return _request;
    }

    private CalledOperation Called(Operation operation, ReadOnlyMemory<byte> arguments, string? session) =>
        new(_audience!.Connector, operation, _audience.Connector.BaseAddress.AbsolutePath, arguments, BodyReading.Empty)
        {
            Replaced = session is null ? null : new(McpHeaderNames.OutgoingSession, session),
        };

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
