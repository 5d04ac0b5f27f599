using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>Open findings and risks are dealt with.</summary>
internal sealed record CloseFindings(IReadOnlyList<Finding> Findings)
    : DossierChange(
        ChangeKind.CloseFindings,
        $"close the {Words.List([.. Findings.Select(f => $"{(f.IsRisk ? "risk" : "finding")} '{f.Name}'")])}"
    )
{
    /// <summary>Null for none.</summary>
    public static CloseFindings? For(IEnumerable<Finding> findings) =>
        findings.ToList() is { Count: > 0 } some ? new CloseFindings(some) : null;

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            OpenFindings = [.. dossier.OpenFindings.Where(f => !Findings.Contains(f))],
        };
}

/// <summary>The agent passes a red-team test; the ones that it failed, once more.</summary>
internal sealed record PassRedTeamTest(Id<Agent> Agent, DateOnly On)
    : DossierChange(
        ChangeKind.PassRedTeamTest,
        $"let the agent '{Agent}' pass a red-team test (each that it failed), and record it with a RedTeamTest"
    )
{
    public static RedTeamTest Passed(Agent agent, DateOnly on) => new(agent.Tenant, "proposed", agent.Id, true, on, Placeholder.Source);

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            RedTeamTests =
                dossier.RedTeamTests.Count == 0
                    ? [Passed(dossier.Agent, On)]
                    : [.. dossier.RedTeamTests.Select(t => t with { Passed = true, On = On })],
        };
}

/// <summary>A playbook with an owner for each scenario that lacks one.</summary>
internal sealed record AddPlaybooks(Id<Agent> Agent, DateOnly On, string Text) : DossierChange(ChangeKind.AddPlaybooks, Text)
{
    public static AddPlaybooks For(AgentDossier dossier, DateOnly on) =>
        new(
            dossier.Agent.Id,
            on,
            $"add a tested Playbook with an owner for {Scenarios(dossier, on)}" + $" of the agent '{dossier.Agent.Id}'"
        );

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            Playbooks = Backing.Playbooks(dossier, On),
        };

    private static string Scenarios(AgentDossier dossier, DateOnly on) =>
        Words.List([.. Backing.Missing(dossier, on).Select(s => $"'{Vocabulary.Scenario.Text(s)}'")]);
}
