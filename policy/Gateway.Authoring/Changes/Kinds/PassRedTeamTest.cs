using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>The agent passes a red-team test; the ones that it failed, once more.</summary>
internal sealed record PassRedTeamTest(Id<Agent> Agent)
    : DossierChange(
        ChangeKind.PassRedTeamTest,
        $"let the agent '{Agent}' pass a red-team test (each that it failed), and record it with a RedTeamTest"
    )
{
    public static RedTeamTest Passed(Agent agent) => new(agent.Tenant, "proposed", agent.Id, true, default, Proposed.Source);

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            RedTeamTests =
                dossier.RedTeamTests.Count == 0 ? [Passed(dossier.Agent)] : [.. dossier.RedTeamTests.Select(t => t with { Passed = true })],
        };
}
