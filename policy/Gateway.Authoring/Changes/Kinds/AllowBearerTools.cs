using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

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
