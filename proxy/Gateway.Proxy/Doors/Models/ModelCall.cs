using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.Models;

/// <summary>
/// A call of one model operation; one object serves all its calls. Which connector serves a model is what connectors declare; an unknown
/// model is refused, never guessed.
/// </summary>
internal sealed class ModelCall(IDoor door, ModelOperation operation, IntentsOptions options, OwnedIds ids)
    : ActionCall(door, PathOf(operation))
{
    internal static readonly string[] Json = ["application/json"];

    private readonly CallTarget _target = new(options.ModelRequestBytes);

    /// <summary>Gateway's own path of an operation, such as <c>/v1/chat/completions</c>.</summary>
    public static string PathOf(ModelOperation operation) => "/v1" + operation.Path;

    /// <summary>A door's calls by their path: all operations of one type of connector that have a body.</summary>
    public static Dictionary<string, ModelCall> ByPath(IDoor door, ConnectorType type, IntentsOptions options, OwnedIds ids) =>
        ModelOperations
            .All.Where(operation => operation.Type == type)
            .ToDictionary(PathOf, operation => new ModelCall(door, operation, options, ids), StringComparer.Ordinal);

    public Id<Operation> Operation => operation.Operation;

    public override IIntentReader Bodies => operation.Requests;

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        if (envelope.RawQuery.Length > 1 && envelope.RawQuery != operation.Query)
        {
            return new Refusal(
                ReasonCode.UnsupportedFeature,
                operation.Query.Length > 0
                    ? $"A call of {PathOf(operation)} has no query but '{operation.Query}'."
                    : $"A call of {PathOf(operation)} has no query. Leave it out."
            );
        }

        return BodyReader.Accepts(envelope.Http.Request.ContentType, Json, out _) ? _target : ReasonCode.UnsupportedMediaType;
    }

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        if (!operation.Requests.TryRead(body.Span, out var reading, out var refusal))
        {
            return refusal;
        }

        if (reading.Model is null || !tenant.TryFindModel(operation.Type, reading.Model, out var connector, out var offer))
        {
            return new Refusal(ReasonCode.UnknownModel, reading.Model is null ? null : $"No connector here offers '{reading.Model}'.");
        }

        if (ModelPowers.Refuse(reading, connector!) is { } closed)
        {
            return closed;
        }

        var opened = CalledOperation.NoIds;
        if (reading.References.Count > 0 && !TryOpen(new IdOwner(tenant.Tenant.Id, agent, connector!.Id), reading, out opened))
        {
            return ReasonCode.UnknownObject;
        }

        for (var i = 0; i < connector!.Operations.Count; i++)
        {
            var called = connector.Operations[i];
            if (called.Id != operation.Operation)
            {
                continue;
            }

            if (body.Length > called.RequestBytes)
            {
                return new Refusal(ReasonCode.RequestTooLarge, $"The body is over {called.RequestBytes} bytes.");
            }

            var path =
                CalledOperation.Join(connector.BaseAddress, called.Path.Text) + (envelope.RawQuery.Length > 1 ? operation.Query : "");
            var headers = DialectHeaders.Of(envelope.Http.Request.Headers, connector, reading.Unknown);
            return new CalledOperation(connector, called, path, body, reading, offer)
            {
                Replaced = headers.Replaced,
                Dropped = headers.Dropped,
                Opened = opened,
            };
        }

        return ReasonCode.UnknownOperation;
    }

    private bool TryOpen(IdOwner owner, BodyReading reading, out IReadOnlyDictionary<string, string> opened) =>
        OpenedIds.TryOpen(ids, owner, reading.References, out opened);

    public override IResponseReader AnswerReader(BodyReading reading) => operation.Answers(reading);

    /// <summary>Only the Responses API's: nothing else that a model operation answers can be asked for again.</summary>
    public override Func<string, string>? SealerOf(Intent intent, Connector connector, BodyReading reading) =>
        operation.GivesIds && reading.Stores && connector.ProviderState == ProviderState.Owned
            ? ids.SealerOf(new IdOwner(intent.Tenant, intent.Agent, connector.Id))
            : null;
}
