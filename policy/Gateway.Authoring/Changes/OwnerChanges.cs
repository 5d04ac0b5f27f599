using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>A person who answers for the agent.</summary>
internal sealed record AssignHumanOwner(Id<Agent> Agent)
    : DossierChange(ChangeKind.AssignHumanOwner, $"assign a human owner to the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Agent = dossier.Agent with { HumanOwner = Placeholder.Person },
        };
}

/// <summary>A person who answers for the agent's security.</summary>
internal sealed record AssignSecurityOwner(Id<Agent> Agent)
    : DossierChange(ChangeKind.AssignSecurityOwner, $"assign a security owner to the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Agent = dossier.Agent with { SecurityOwner = Placeholder.Person },
        };
}
