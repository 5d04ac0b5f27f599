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
/// itself says to whoever was given it; to anybody else there is no such object. One that is still to be made is made where the agent is
/// granted to: no model says which connector it is.
/// </summary>
/// <param name="id">As it stands in the path, unchecked; empty for one that is made.</param>
internal sealed class KeptObjectCall(IDoor door, KeptObjectOperation operation, string id, IntentsOptions options, OwnedIds ids)
    : ActionCall(door, operation.Route)
{
    /// <summary>Such a request has no body; one byte would be too many.</summary>
    private static readonly CallTarget Bodiless = new(BodyLimit: 0);

    public override IIntentReader? Bodies => operation.Requests;

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        if (!operation.Takes(QueryOf(envelope)))
        {
            return !CleanQuery.TryCheck(QueryOf(envelope), out var refusal) ? refusal
                : operation.Parameters.Count == 0 ? new Refusal(ReasonCode.UnsupportedFeature, "There is no query here. Leave it out.")
                : new Refusal(ReasonCode.UnsupportedFeature, $"The query may have {string.Join(", ", operation.Parameters)}, each once.");
        }

        return operation.Requests is null ? Bodiless
            : BodyReader.Accepts(envelope.Http.Request.ContentType, ModelCall.Json, out _) ? new CallTarget(options.ModelRequestBytes)
            : ReasonCode.UnsupportedMediaType;
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
        if (operation.Requests is not null && !operation.Requests.TryRead(body.Span, out reading, out var refusal))
        {
            return refusal;
        }

        var found = operation.Makes ? MakerIn(tenant, agent) : OwnerIn(tenant, agent);
        if (!found.TryGet(out var kept, out var unfound))
        {
            return unfound;
        }

        if (body.Length > kept.Called.RequestBytes)
        {
            return new Refusal(ReasonCode.RequestTooLarge, $"The body is over {kept.Called.RequestBytes} bytes.");
        }

        if (!OpenedIds.TryOpen(ids, new IdOwner(tenant.Tenant.Id, agent, kept.Connector.Id), reading.References, out var opened))
        {
            return ReasonCode.UnknownObject;
        }

        if (OpenedQuery(envelope.RawQuery, new IdOwner(tenant.Tenant.Id, agent, kept.Connector.Id)) is not { } query)
        {
            return ReasonCode.UnknownObject;
        }

        var path = CalledOperation.Join(kept.Connector.BaseAddress, operation.PathOf(kept.Id)) + query;
        var headers = DialectHeaders.Of(envelope.Http.Request.Headers, kept.Connector, reading.Unknown);
        return new CalledOperation(kept.Connector, kept.Called, path, operation.Requests is null ? default : body, reading)
        {
            Replaced = headers.Replaced,
            Dropped = headers.Dropped,
            Opened = opened,
        };
    }

    /// <summary>What it used was charged to the call that it is the answer of.</summary>
    public override IResponseReader? AnswerReader(BodyReading reading) => operation.GivesIds ? new UnchargedAnswerReader() : null;

    public override Func<string, string>? SealerOf(Intent intent, Connector connector, BodyReading reading) =>
        operation.GivesIds ? ids.SealerOf(new IdOwner(intent.Tenant, intent.Agent, connector.Id)) : null;

    /// <summary>The connector for which the id was sealed for this agent.</summary>
    private Result<Kept> OwnerIn(TenantSnapshot tenant, Id<Agent> agent)
    {
        for (var i = 0; i < tenant.ModelConnectors.Count; i++)
        {
            var connector = tenant.ModelConnectors[i];
            if (OperationOf(connector) is { } called && ids.TryOpen(new IdOwner(tenant.Tenant.Id, agent, connector.Id), id, out var opened))
            {
                return new Kept(connector, called, opened);
            }
        }

        return ReasonCode.UnknownObject;
    }

    /// <summary>
    /// The only one on which the agent is granted the operation. Where there is none, any that has it, so that the decision says what is
    /// missing; where there are several, nobody could tell which was meant.
    /// </summary>
    private Result<Kept> MakerIn(TenantSnapshot tenant, Id<Agent> agent)
    {
        Kept? granted = null;
        Kept? any = null;
        var permissions = tenant.Agents.TryGetValue(agent, out var dossier) ? dossier.Permissions : null;
        for (var i = 0; i < tenant.ModelConnectors.Count; i++)
        {
            var connector = tenant.ModelConnectors[i];
            if (OperationOf(connector) is not { } called)
            {
                continue;
            }

            any ??= new Kept(connector, called, "");
            if (permissions?.ContainsKey((connector.Id, called.Id)) != true)
            {
                continue;
            }

            if (granted is not null)
            {
                return new Refusal(
                    ReasonCode.UnsupportedFeature,
                    $"Both connectors '{granted.Connector.Id}' and '{connector.Id}' could keep it: grant '{called.Id}' on one of them only."
                );
            }

            granted = new Kept(connector, called, "");
        }

        return (granted ?? any) is { } one
            ? one
            : new Refusal(ReasonCode.UnsupportedFeature, "No connector lets its provider keep anything: see providerState.");
    }

    /// <summary>A list goes on behind an item that it gave. Null where a sealed id isn't this agent's.</summary>
    private string? OpenedQuery(string query, IdOwner owner)
    {
        if (!query.Contains(OwnedIds.Mark, StringComparison.Ordinal))
        {
            return query;
        }

        var parameters = query[1..].Split('&');
        for (var i = 0; i < parameters.Length; i++)
        {
            var value = parameters[i].IndexOf('=', StringComparison.Ordinal) + 1;
            if (!OwnedIds.IsSealed(parameters[i].AsSpan(value)))
            {
                continue;
            }

            if (!ids.TryOpen(owner, parameters[i].AsSpan(value), out var plain))
            {
                return null;
            }

            parameters[i] = parameters[i][..value] + plain;
        }

        return "?" + string.Join('&', parameters);
    }

    private Operation? OperationOf(Connector connector) =>
        connector.Type == operation.Type && connector.ProviderState == ProviderState.Owned
            ? connector.Operations.FirstOrDefault(candidate => candidate.Id == operation.Operation)
            : null;

    private static ReadOnlySpan<char> QueryOf(RequestEnvelope envelope) =>
        envelope.RawQuery.Length == 0 ? default : envelope.RawQuery.AsSpan(1);

    /// <param name="Id">The provider's; empty for one that is made.</param>
    private sealed record Kept(Connector Connector, Operation Called, string Id);
}
