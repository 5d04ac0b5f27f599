using Gateway.Cel.Values;
using Gateway.Policy.Model;

namespace Gateway.Policy.Conditions;

/// <summary>What a condition may read of the agent.</summary>
internal static class AgentVariables
{
    public static IReadOnlyList<ConditionVariable> All { get; } =
    [
        new("agent.name", CelType.String, "the agent's name", action => CelValue.From(action.Intent.Agent.ToString())),
        new("agent.tenant", CelType.String, "its tenant", action => CelValue.From(action.Intent.Tenant.ToString())),
        new("agent.workspace", CelType.String, "its workspace", action => CelValue.From(action.Intent.Workspace.ToString())),
        new("agent.level", CelType.Int, "the level that it is judged at: 1 to 4, 0 for none", action => CelValue.From((long)action.Level)),
        new(
            "agent.risk",
            CelType.String,
            "its risk tier: `low`, `medium`, `high`, `critical`",
            action => CelValue.From(Vocabulary.Risk.Text(action.Dossier.Agent.Risk))
        ),
        new("agent.purposes", CelType.List(CelType.String), "what it is for", action => CelValue.From(action.Dossier.Agent.Purposes)),
        new(
            "agent.human_owner",
            CelType.String,
            "who answers for it; empty for nobody",
            action => CelValue.From(action.Dossier.Agent.HumanOwner ?? "")
        ),
        new(
            "agent.security_owner",
            CelType.String,
            "who answers for its security; empty for nobody",
            action => CelValue.From(action.Dossier.Agent.SecurityOwner ?? "")
        ),
    ];
}
