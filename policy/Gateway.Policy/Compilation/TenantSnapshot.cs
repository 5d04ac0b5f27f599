using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>One tenant's part of a snapshot. Immutable.</summary>
public sealed record TenantSnapshot
{
    public required Tenant Tenant { get; init; }
    public required FrozenDictionary<Id<Workspace>, Workspace> Workspaces { get; init; }
    public required FrozenDictionary<Id<Agent>, AgentDossier> Agents { get; init; }
    public required FrozenDictionary<Id<Connector>, Connector> Connectors { get; init; }
    public required IReadOnlyList<ApprovalGate> Gates { get; init; }

    /// <summary>The rules that stand beside the controls.</summary>
    public required PolicySet Policies { get; init; }

    /// <summary>Model connectors in the order of their names; which one serves a model is decided by the first offer that fits.</summary>
    public required IReadOnlyList<Connector> ModelConnectors { get; init; }

    /// <summary>
    /// The connector and offer for a model asked for at a door; false when nobody declares it. Two that fit are refused at load.
    /// </summary>
    public bool TryFindModel(ConnectorType type, ReadOnlySpan<char> model, out Connector? connector, out ModelOffer? offer)
    {
        for (var i = 0; i < ModelConnectors.Count; i++)
        {
            var candidate = ModelConnectors[i];
            if (candidate.Type != type)
            {
                continue;
            }

            for (var at = 0; at < candidate.Models.Count; at++)
            {
                if (candidate.Models[at].Fits(model))
                {
                    (connector, offer) = (candidate, candidate.Models[at]);
                    return true;
                }
            }
        }

        (connector, offer) = (null, null);
        return false;
    }
}
