using System.Collections.Frozen;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>The operation is added to what the agent was approved for.</summary>
internal sealed record DeclareCapability(Id<Agent> Agent, Id<Connector> Connector, Id<Operation> Operation)
    : DossierChange(ChangeKind.DeclareCapability, $"add '{Connector}/{Operation}' to the capabilities of the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier.Agent.Capabilities is not { } manifest
            ? dossier
            : dossier with
            {
                Agent = dossier.Agent with
                {
                    Capabilities = new CapabilityManifest(manifest.Operations.Append((Connector, Operation)).ToFrozenSet()),
                },
            };
}
