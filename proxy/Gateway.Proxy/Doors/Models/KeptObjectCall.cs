using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Connectors.Models;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>
/// Asks for something that the provider keeps, by its id: <c>GET /v1/responses/{id}</c> and the like. Which connector it is of, the id
/// itself says to whoever was given it; to anybody else there is no such object.
/// </summary>
/// <param name="id">As it stands in the path, unchecked.</param>
internal sealed class KeptObjectCall(IDoor door, KeptObjectOperation operation, string id, OwnedIds ids) : ActionCall(door, operation.Route)
{
    /// <summary>Such a request has no body; one byte would be too many.</summary>
    private static readonly CallTarget Target = new(BodyLimit: 0);

    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant) =>
        operation.Takes(QueryOf(envelope)) ? Target
        : !CleanQuery.TryCheck(QueryOf(envelope), out var refusal) ? refusal
        : new Refusal(ReasonCode.UnsupportedFeature, $"The query may have {string.Join(", ", operation.Parameters)}, each once.");

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        for (var i = 0; i < tenant.ModelConnectors.Count; i++)
        {
            var connector = tenant.ModelConnectors[i];
            var owner = new IdOwner(tenant.Tenant.Id, agent, connector.Id);
            if (
                connector.Type == operation.Type
                && connector.ProviderState == ProviderState.Owned
                && ids.TryOpen(owner, id, out var opened)
                && connector.Operations.FirstOrDefault(candidate => candidate.Id == operation.Operation) is { } called
            )
            {
                var path = CalledOperation.Join(connector.BaseAddress, operation.PathOf(opened)) + envelope.RawQuery;
                return new CalledOperation(connector, called, path, Arguments: default, BodyReading.Empty);
            }
        }

        return ReasonCode.UnknownObject;
    }

    /// <summary>What it used was charged to the call that it is the answer of.</summary>
    public override IResponseReader? AnswerReader(BodyReading reading) => operation.GivesIds ? new UnchargedAnswerReader() : null;

    public override Func<string, string>? SealerOf(Intent intent, Connector connector, BodyReading reading) =>
        operation.GivesIds ? ids.SealerOf(new IdOwner(intent.Tenant, intent.Agent, connector.Id)) : null;

    private static ReadOnlySpan<char> QueryOf(RequestEnvelope envelope) =>
        envelope.RawQuery.Length == 0 ? default : envelope.RawQuery.AsSpan(1);
}
