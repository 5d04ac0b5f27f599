using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>Control 9: a high-risk agent has an owned playbook for prompt injection, unauthorised action and going rogue.</summary>
internal static class PlaybookControl
{
    public static PathEntry Check(in ActionProfile action)
    {
        var agent = action.Dossier.Agent;
        if (agent.Risk is RiskTier.Low or RiskTier.Medium)
        {
            return new(Control.IncidentPlaybooks, CheckOutcome.NotApplicable, ReasonCode.None, "high_risk_agent=no", agent.Source);
        }

        SourcePosition? source = null;
        var found = 0;
        var playbooks = action.Dossier.Playbooks;
        for (var i = 0; i < playbooks.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(playbooks[i].Owner))
            {
                found |= 1 << (int)playbooks[i].Scenario;
                source ??= playbooks[i].Source;
            }
        }

        var missing = Missing(found);
        return missing == IncidentScenario.Unspecified
            ? new(Control.IncidentPlaybooks, CheckOutcome.Pass, ReasonCode.None, "playbooks=complete", source)
            : new(
                Control.IncidentPlaybooks,
                CheckOutcome.Fail,
                ReasonCode.PlaybookMissing,
                "missing=" + Vocabulary.Scenario.Text(missing),
                source ?? agent.Source
            );
    }

    /// <summary>The first scenario without a playbook; unspecified for none.</summary>
    private static IncidentScenario Missing(int found)
    {
        for (var scenario = IncidentScenario.PromptInjection; scenario <= IncidentScenario.RogueAgent; scenario++)
        {
            if ((found & (1 << (int)scenario)) == 0)
            {
                return scenario;
            }
        }

        return IncidentScenario.Unspecified;
    }
}
