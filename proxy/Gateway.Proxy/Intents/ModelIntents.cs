using Gateway.Connectors.Models;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>
/// Reads calls of the model doors. Which connector serves a model is what connectors declare; an unknown model is refused, never guessed.
/// </summary>
public sealed class ModelIntents(BodyReader bodies, IntentsOptions options)
{
    private static readonly string[] Json = ["application/json"];

    public async ValueTask<Result<ParsedRequest>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent, TenantSnapshot tenant)
    {
        if (envelope.Call.Model is not { } dialect)
        {
            return ReasonCode.UnknownDoor;
        }

        if (envelope.RawQuery.Length > 1)
        {
            return new Refusal(ReasonCode.UnsupportedFeature, "A model call has no query.");
        }

        if (!BodyReader.Accepts(envelope.Http.Request.ContentType, Json, out _))
        {
            return ReasonCode.UnsupportedMediaType;
        }

        if (!(await bodies.ReadAsync(envelope, agent, options.ModelRequestBytes)).TryGet(out var body, out var refusal))
        {
            return refusal;
        }

        var intent = Read(envelope, agent, tenant, dialect, body);
        if (!intent.TryGet(out _, out _))
        {
            body.Dispose();
        }

        return intent;
    }

    private static Result<ParsedRequest> Read(
        RequestEnvelope envelope,
        VerifiedAgent agent,
        TenantSnapshot tenant,
        ModelOperation dialect,
        RequestBody body
    )
    {
        if (!dialect.Requests.TryRead(body.Content.Span, out var reading, out var refusal))
        {
            return refusal;
        }

        if (reading.Model is null || !tenant.TryFindModel(dialect.Type, reading.Model, out var connector, out var offer))
        {
            return ReasonCode.UnknownModel;
        }

        foreach (var tool in reading.HostedTools)
        {
            if (!connector!.HostedTools.Contains(tool))
            {
                return new Refusal(ReasonCode.UnsupportedFeature, $"The provider's tool '{tool}' is not allowed here.");
            }
        }

        foreach (var operation in connector!.Operations)
        {
            if (operation.Id == dialect.Operation)
            {
                return body.Content.Length > operation.RequestBytes
                    ? new Refusal(ReasonCode.RequestTooLarge, $"The body is over {operation.RequestBytes} bytes.")
                    : IntentBuilder.Build(
                        envelope,
                        agent,
                        tenant,
                        connector,
                        operation,
                        IntentBuilder.Join(connector.BaseAddress, operation.Path.Text),
                        body,
                        body.Content,
                        reading,
                        offer
                    );
            }
        }

        return ReasonCode.UnknownOperation;
    }
}
