using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>A playbook with an owner for each scenario that lacks one.</summary>
internal sealed record AddPlaybooks(Id<Agent> Agent, string Text) : DossierChange(ChangeKind.AddPlaybooks, Text)
{
    public static AddPlaybooks For(AgentDossier dossier) =>
        new(
            dossier.Agent.Id,
            $"add a Playbook with an owner for {Words.List([.. Backing.Missing(dossier).Select(s => $"'{Vocabulary.Scenario.Text(s)}'")])} of the agent '{dossier.Agent.Id}'"
        );

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) => dossier with { Playbooks = Backing.Playbooks(dossier) };
}
