using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>A person who answers for the agent's security.</summary>
internal sealed record AssignSecurityOwner(Id<Agent> Agent)
    : DossierChange(ChangeKind.AssignSecurityOwner, $"assign a security owner to the agent '{Agent}'")
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Agent = dossier.Agent with { SecurityOwner = Proposed.Person },
        };
}
