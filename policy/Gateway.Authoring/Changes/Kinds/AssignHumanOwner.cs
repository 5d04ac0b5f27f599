using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>A person who answers for the agent.</summary>
internal sealed record AssignHumanOwner(Id<Agent> Agent)
    : DossierChange(ChangeKind.AssignHumanOwner, $"assign a human owner to the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Agent = dossier.Agent with { HumanOwner = Proposed.Person },
        };
}
