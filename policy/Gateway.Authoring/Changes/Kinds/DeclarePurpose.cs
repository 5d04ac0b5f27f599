using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

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
