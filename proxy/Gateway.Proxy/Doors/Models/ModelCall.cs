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
internal sealed class ModelCall(IDoor door, ModelOperation operation, IntentsOptions options) : ActionCall(door, PathOf(operation))
{
    private static readonly string[] Json = ["application/json"];

    private readonly CallTarget _target = new(options.ModelRequestBytes);

    /// <summary>Gateway's own path of an operation, such as <c>/v1/chat/completions</c>.</summary>
    public static string PathOf(ModelOperation operation) => "/v1" + operation.Path;

    /// <summary>A door's calls by their path: all operations of one type of connector.</summary>
    public static Dictionary<string, ModelCall> ByPath(IDoor door, ConnectorType type, IntentsOptions options) =>
        ModelOperations
            .All.Where(operation => operation.Type == type)
            .ToDictionary(PathOf, operation => new ModelCall(door, operation, options), StringComparer.Ordinal);

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
        ReadOnlyMemory<byte> body
    )
    {
        if (!operation.Requests.TryRead(body.Span, out var reading, out var refusal))
        {
            return refusal;
        }

        if (reading.Model is null || !tenant.TryFindModel(operation.Type, reading.Model, out var connector, out var offer))
        {
            return ReasonCode.UnknownModel;
        }

        if (reading.Unknown.Count > 0 && connector!.Unknown != UnknownMembers.Drop)
        {
            return new Refusal(
                ReasonCode.UnknownField,
                $"The connector refuses fields that the operation doesn't know: {UnknownFields.Told(reading.Unknown)}."
            );
        }

        for (var i = 0; i < reading.HostedTools.Count; i++)
        {
            var tool = reading.HostedTools[i];
            if (!connector!.HostedTools.Contains(tool))
            {
                return new Refusal(ReasonCode.UnsupportedFeature, $"The provider's tool '{tool}' is not allowed here.");
            }
        }

        for (var i = 0; i < connector!.Operations.Count; i++)
        {
            var called = connector.Operations[i];
            if (called.Id == operation.Operation)
            {
                return body.Length > called.RequestBytes
                    ? new Refusal(ReasonCode.RequestTooLarge, $"The body is over {called.RequestBytes} bytes.")
                    : new CalledOperation(
                        connector,
                        called,
                        CalledOperation.Join(connector.BaseAddress, called.Path.Text)
                            + (envelope.RawQuery.Length > 1 ? operation.Query : ""),
                        body,
                        reading,
                        offer
                    );
            }
        }

        return ReasonCode.UnknownOperation;
    }

    public override IResponseReader AnswerReader(BodyReading reading) => operation.Answers(reading);
}
