using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>The document says active, and the store says nothing against it.</summary>
internal sealed record ActivateAgent(Id<Agent> Agent)
    : Change(ChangeKind.ActivateAgent, $"activate the agent '{Agent}': status active in its document, and no suspension at run time")
{
    internal override Situation Apply(Situation situation) =>
        situation.Dossier is not { } dossier
            ? situation
            : situation
                .With(dossier with { Agent = dossier.Agent with { Status = LifecycleStatus.Active } })
                .With(situation.Facts with { Status = null });
}

/// <summary>The agent's bearer key opens tools too.</summary>
internal sealed record AllowBearerTools(Id<Agent> Agent)
    : DossierChange(ChangeKind.AllowBearerTools, $"allow bearerTools for the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Agent = dossier.Agent with { BearerTools = true },
        };
}

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

/// <summary>The agent is there for what the operation serves.</summary>
internal sealed record DeclarePurpose(Id<Agent> Agent, string Purpose)
    : DossierChange(ChangeKind.DeclarePurpose, $"add the purpose '{Purpose}' to the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Agent = dossier.Agent with { Purposes = [.. dossier.Agent.Purposes, Purpose] },
        };
}
