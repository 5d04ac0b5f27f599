using Gateway.Connectors.Models;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Models;

/// <summary>Where something is that a provider keeps, or is to be made or listed.</summary>
/// <param name="Id">The provider's; empty for what is made or listed.</param>
/// <param name="Offer">Of the model that it is for; null where no tokens are used.</param>
internal sealed record KeptPlace(Connector Connector, Operation Called, string Id, ModelOffer? Offer = null)
{
    /// <summary>The connector for which an id was sealed for this agent.</summary>
    public static Result<KeptPlace> OfId(KeptObjectOperation operation, TenantSnapshot tenant, Id<Agent> agent, OwnedIds ids, string id)
    {
        for (var i = 0; i < tenant.ModelConnectors.Count; i++)
        {
            var connector = tenant.ModelConnectors[i];
            if (
                OperationOf(operation, connector) is { } called
                && ids.TryOpen(new IdOwner(tenant.Tenant.Id, agent, connector.Id), id, out var opened)
            )
            {
                return new KeptPlace(connector, called, opened);
            }
        }

        return ReasonCode.UnknownObject;
    }

    /// <summary>The connector that offers a model.</summary>
    public static Result<KeptPlace> OfModel(KeptObjectOperation operation, TenantSnapshot tenant, string model) =>
        !tenant.TryFindModel(operation.Type, model, out var connector, out var offer)
            ? new Refusal(ReasonCode.UnknownModel, $"No connector here offers '{model}'.")
        : OperationOf(operation, connector!) is { } called ? new KeptPlace(connector!, called, "", offer)
        : KeepsNothing;

    /// <summary>
    /// The only connector on which the agent is granted the operation. Where there is none, any that has it, so that the decision says what
    /// is missing; where there are several, nobody could tell which was meant.
    /// </summary>
    public static Result<KeptPlace> OfGrant(KeptObjectOperation operation, TenantSnapshot tenant, Id<Agent> agent)
    {
        KeptPlace? granted = null;
        KeptPlace? any = null;
        var permissions = tenant.Agents.TryGetValue(agent, out var dossier) ? dossier.Permissions : null;
        for (var i = 0; i < tenant.ModelConnectors.Count; i++)
        {
            var connector = tenant.ModelConnectors[i];
            if (OperationOf(operation, connector) is not { } called)
            {
                continue;
            }

            any ??= new KeptPlace(connector, called, "");
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

            granted = new KeptPlace(connector, called, "");
        }

        return (granted ?? any) is { } one ? one : KeepsNothing;
    }

    private static Refusal KeepsNothing =>
        new(ReasonCode.UnsupportedFeature, "No connector lets its provider keep anything: see providerState.");

    private static Operation? OperationOf(KeptObjectOperation operation, Connector connector) =>
        connector.Type == operation.Type && connector.ProviderState == ProviderState.Owned
            ? connector.Operations.FirstOrDefault(candidate => candidate.Id == operation.Operation)
            : null;
}
