using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Connectors.Models;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.Models;

/// <summary>
/// Asks for something that the provider keeps, by its id: <c>GET /v1/responses/{id}</c> and the like. Which connector it is of, the id
/// itself says to whoever was given it; to anybody else there is no such object. One that is still to be made is made where its model is,
/// or where the agent is granted to. One call only.
/// </summary>
/// <param name="id">As it stands in the path, unchecked; empty where the path names none.</param>
internal sealed class KeptObjectCall(
    IDoor door,
    KeptObjectOperation operation,
    string id,
    IntentsOptions options,
    OwnedIds ids,
    OwnedObjects objects
) : ActionCall(door, operation.Route)
{
    private static readonly string[] Form = ["multipart/form-data"];

    private string _opened = "";
    private OwnedPage? _page;
    private BatchReading? _batch;

    public override IIntentReader? Bodies => operation.Requests;

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        if (!operation.Takes(QueryOf(envelope)))
        {
            return !CleanQuery.TryCheck(QueryOf(envelope), out var refusal) ? refusal
                : operation.Parameters.Count == 0 ? new Refusal(ReasonCode.UnsupportedFeature, "There is no query here. Leave it out.")
                : new Refusal(ReasonCode.UnsupportedFeature, $"The query may have {string.Join(", ", operation.Parameters)}, each once.");
        }

        return !operation.IsUpload && operation.Requests is null ? CallTarget.Bodiless
            : BodyReader.Accepts(envelope.Http.Request.ContentType, operation.IsUpload ? Form : ModelCall.Json, out _)
                ? new CallTarget(options.ModelRequestBytes)
            : ReasonCode.UnsupportedMediaType;
    }

    public override async ValueTask<Result<CalledOperation>> ReadAsync(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        var read = Read(target, envelope, tenant, agent, body);
        return
            read.TryGet(out var called, out _)
            && operation.Requests is not null
            && operation.Kind == OwnedKind.Batch
            && called.Offer is null
            ? await BatchOfFile.ReadAsync(called, tenant, agent, objects)
            : read;
    }

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        var reading = BodyReading.Empty;
        var requests = operation.IsUpload ? new UploadReader(BodyReader.BoundaryOf(envelope.Http.Request.ContentType)) : operation.Requests;
        if (requests is not null && !requests.TryRead(body.Span, out reading, out var refusal))
        {
            return refusal;
        }

        var found =
            operation.NamesOne ? KeptPlace.OfId(operation, tenant, agent, ids, id)
            : reading.Batch is { } batch ? KeptPlace.OfModel(operation, tenant, batch.Model)
            : operation is { Kind: OwnedKind.Batch, Makes: true }
                ? KeptPlace.OfId(operation, tenant, agent, ids, reading.References.Count > 0 ? reading.References[0] : "")
            : KeptPlace.OfGrant(operation, tenant, agent);
        if (!found.TryGet(out var kept, out var unfound))
        {
            return unfound;
        }

        if (body.Length > kept.Called.RequestBytes)
        {
            return new Refusal(ReasonCode.RequestTooLarge, $"The body is over {kept.Called.RequestBytes} bytes.");
        }

        if (reading.Batch is not null && ModelPowers.Refuse(reading, kept.Connector) is { } closed)
        {
            return closed;
        }

        var owner = new IdOwner(tenant.Tenant.Id, agent, kept.Connector.Id);
        if (
            !OpenedIds.TryOpen(ids, owner, reading.References, out var opened)
            || OpenedQuery.Of(envelope.RawQuery, ids, owner) is not { } query
        )
        {
            return ReasonCode.UnknownObject;
        }

        if (operation.IsList)
        {
            if (!OwnedQuery.Read(operation, query, agent, kept.Connector.Id).TryGet(out _page, out var unread))
            {
                return unread;
            }

            query = OwnedObjects.ListQuery;
        }

        (_opened, _batch) = (operation.NamesOne ? kept.Id : "", reading.Batch);
        var path = CalledOperation.Join(kept.Connector.BaseAddress, operation.PathOf(kept.Id)) + query;
        var headers = DialectHeaders.Of(envelope.Http.Request.Headers, kept.Connector, reading.Unknown);
        return new CalledOperation(
            kept.Connector,
            kept.Called,
            path,
            operation.Requests is null ? default : body,
            reading,
            // A file uses no tokens before a batch is made of it.
            operation.IsUpload
                ? null
                : kept.Offer
        )
        {
            Replaced = headers.Replaced,
            Dropped = headers.Dropped,
            Opened = opened,
        };
    }

    public override Func<int, ReadOnlyMemory<byte>, ValueTask<Result<AnswerBody>>>? KeeperOf(Intent intent, Connector connector) =>
        operation.Kind == OwnedKind.None
            ? null
            : new KeptAnswer(
                operation,
                intent,
                _opened,
                _page,
                _batch,
                objects,
                ids.SealerOf(new IdOwner(intent.Tenant, intent.Agent, connector.Id))
            ).KeepAsync;

    /// <summary>What it used was charged to the call that it is the answer of; a batch is charged when it is made.</summary>
    public override IResponseReader? AnswerReader(BodyReading reading) =>
        !operation.GivesIds ? null
        : reading.Batch is not null && !operation.IsUpload ? new UncountedAnswerReader()
        : new UnchargedAnswerReader();

    public override Func<string, string>? SealerOf(Intent intent, Connector connector, BodyReading reading) =>
        operation.GivesIds ? ids.SealerOf(new IdOwner(intent.Tenant, intent.Agent, connector.Id)) : null;

    private static ReadOnlySpan<char> QueryOf(RequestEnvelope envelope) =>
        envelope.RawQuery.Length == 0 ? default : envelope.RawQuery.AsSpan(1);
}
