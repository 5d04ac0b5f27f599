using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.Tools;

/// <summary>Any HTTP API as a tool: any method, <c>/tools/{connector}/{**path}</c>.</summary>
internal sealed class ToolDoor : ProblemDoor
{
    private const string Start = "/tools/";

    public override Door Name => Door.Tool;

    public override DoorCall? Find(HttpRequest request, string path)
    {
        if (!path.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        var slash = path.IndexOf('/', Start.Length);
        return slash < 0 ? new ToolCall(this, path[Start.Length..], "/") : new ToolCall(this, path[Start.Length..slash], path[slash..]);
    }

    public override bool CanAnswerAsIf(Intent intent, bool stream) => true;
}

/// <summary>One call of an HTTP API.</summary>
/// <param name="connector">As it stands in the path, unchecked.</param>
/// <param name="rest">The raw path behind the connector, with its slash; unchecked.</param>
internal sealed class ToolCall(IDoor door, string connector, string rest) : ActionCall(door, "/tools/{connector}/{path}")
{
    public string Connector => connector;

    public string Rest => rest;

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        if (
            !Id<Connector>.TryParse(connector, out var id)
            || !tenant.Connectors.TryGetValue(id, out var found)
            || found.Type != ConnectorType.Http
        )
        {
            return ReasonCode.UnknownConnector;
        }

        if (!CleanPath.TryClean(rest, out var path, out var refusal) || !CleanQuery.TryCheck(QueryOf(envelope), out refusal))
        {
            return refusal;
        }

        if (found.Credential is { } use && BringsCredential(envelope, use))
        {
            return new Refusal(
                ReasonCode.ProviderCredentialsInRequest,
                "The request has the header or the query parameter that the connector's credential goes into."
            );
        }

        if (OperationMatch.Find(found, envelope.Http.Request.Method, path, out var isAmbiguous) is not { } operation)
        {
            return ReasonCode.UnknownOperation;
        }

        if (isAmbiguous)
        {
            return new Refusal(
                ReasonCode.MalformedRequest,
                "The path has a text in the place of a parameter that the system could read as another operation's own."
            );
        }

        if (envelope.RawQuery.Length > 0 && ParametersOf(envelope, tenant, found, operation).ProblemOf(QueryOf(envelope)) is { } problem)
        {
            return new Refusal(ReasonCode.MalformedRequest, $"The query {problem}.");
        }

        return new CallTarget(operation.RequestBytes, found, operation, CalledOperation.Join(found.BaseAddress, path) + envelope.RawQuery);
    }

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        if (target is not { Connector: { } found, Operation: { } operation })
        {
            return ReasonCode.InternalError;
        }

        var called = new CalledOperation(found, operation, target.PathAndQuery, Arguments: default, BodyReading.Empty);
        if (body.IsEmpty)
        {
            return called;
        }

        var request = envelope.Http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return new Refusal(ReasonCode.MalformedRequest, "A GET or HEAD must not have a body.");
        }

        if (!BodyReader.Accepts(request.ContentType, operation.RequestTypes, out var type))
        {
            return ReasonCode.UnsupportedMediaType;
        }

        if (ReaderOf(type, envelope, tenant, found, operation) is not { } reader)
        {
            return called; // Bytes, to us.
        }

        return !reader.TryRead(body.Span, out var reading, out var refusal) ? refusal
            : HttpBodyReader.IsJson(type) ? called with { Arguments = body, Reading = reading }
            : called;
    }

    private static IIntentReader? ReaderOf(
        string type,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Connector connector,
        Operation operation
    ) =>
        HttpBodyReader.IsJson(type)
            ? HttpBodyReader.For(connector.Compares.Names, tenant.Policies.ArgumentNamesOf(connector.Id, operation.Id))
        : FormBodyReader.IsForm(type) ? new FormBodyReader(ParametersOf(envelope, tenant, connector, operation))
        : MultipartReader.IsMultipart(type)
            ? new MultipartReader(
                BodyReader.BoundaryOf(envelope.Http.Request.ContentType),
                ParametersOf(envelope, tenant, connector, operation)
            )
        : null;

    private static ParameterCheck ParametersOf(RequestEnvelope envelope, TenantSnapshot tenant, Connector connector, Operation operation) =>
        new(
            connector.Compares.Names,
            operation.Repeated,
            tenant.Policies.ParameterNamesOf(connector.Id, operation.Id),
            envelope.Http.Request.Method
        );

    /// <summary>
    /// Whether the caller fills the credential's own place. Headers that carry the agent's key can't be told apart by name, and never go
    /// on.
    /// </summary>
    private static bool BringsCredential(RequestEnvelope envelope, CredentialUse use) =>
        use.Placement switch
        {
            CredentialPlacement.Query => CleanQuery.Carries(QueryOf(envelope), use.Name),
            CredentialPlacement.Header => !HeaderRules.IsAgentCredential(use.Name) && envelope.Http.Request.Headers.ContainsKey(use.Name),
            CredentialPlacement.Scheme or CredentialPlacement.Basic or CredentialPlacement.Unspecified => false,
        };

    private static ReadOnlySpan<char> QueryOf(RequestEnvelope envelope) =>
        envelope.RawQuery.Length == 0 ? default : envelope.RawQuery.AsSpan(1);
}
