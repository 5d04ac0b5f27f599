using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>The controls about what is on record of the agent: 9 its playbooks, 10 its findings, 11 its red-team tests.</summary>
internal static class EvidenceControls
{
    /// <summary>
    /// Control 9: a high-risk agent has an owned playbook for prompt injection, unauthorised action and going rogue, and each was tried.
    /// </summary>
    public static PathEntry Playbooks(in ActionProfile action, DateOnly day)
    {
        var agent = action.Dossier.Agent;
        if (agent.Risk is RiskTier.Low or RiskTier.Medium)
        {
            return new(Control.IncidentPlaybooks, CheckOutcome.NotApplicable, ReasonCode.None, "high_risk_agent=no", agent.Source);
        }

        var playbooks = action.Dossier.Playbooks;
        var rehearsed = AgentEvidence.Rehearsed(playbooks, action.Dossier.Profile.Ages, day);
        var source = playbooks.Count > 0 ? playbooks[0].Source : agent.Source;
        return AgentEvidence.Missing(rehearsed) == IncidentScenario.Unspecified
            ? new(Control.IncidentPlaybooks, CheckOutcome.Pass, ReasonCode.None, "playbooks=complete", source)
            : new(
                Control.IncidentPlaybooks,
                CheckOutcome.Fail,
                ReasonCode.PlaybookMissing,
                EvidenceText.Playbooks(playbooks, rehearsed, action.Dossier.Profile.Ages, day),
                source
            );
    }

    /// <summary>
    /// Control 10: open risks and findings are brought to light; a critical one fails. Others make the action be recorded in detail.
    /// </summary>
    public static PathEntry Findings(in ActionProfile action, ControlResults results)
    {
        var open = action.Dossier.OpenFindings;
        if (open.Count == 0)
        {
            return new(Control.RisksAndFindings, CheckOutcome.Pass, ReasonCode.None, "open=0", null);
        }

        Finding? critical = null;
        for (var i = 0; i < open.Count; i++)
        {
            if (EvidenceText.IsCritical(open[i]))
            {
                critical ??= open[i];
                results.CriticalFinding |= !open[i].IsRisk;
            }
        }

        results.Obligations = results.Obligations with { LogDetailed = true };
        return critical is null
            ? new(Control.RisksAndFindings, CheckOutcome.Pass, ReasonCode.None, InputText.Count("open", open.Count), open[0].Source)
            : new(Control.RisksAndFindings, CheckOutcome.Fail, ReasonCode.OpenFinding, EvidenceText.Findings(open), critical.Source);
    }

    /// <summary>
    /// Control 11: for a high-risk or external action the agent has at least one passed red-team test on record that isn't dated ahead and
    /// isn't too old for the profile.
    /// </summary>
    public static PathEntry RedTeam(in ActionProfile action, DateOnly day)
    {
        var inputs = InputText.Action(action.Action, action.Risk);
        if (!action.IsHighRisk && !action.IsExternal)
        {
            return new(Control.RedTeamValidation, CheckOutcome.NotApplicable, ReasonCode.None, inputs, null);
        }

        var tests = action.Dossier.RedTeamTests;
        var ages = action.Dossier.Profile.Ages;
        return AgentEvidence.PassedTest(tests, ages, day) is { } passed
            ? new(Control.RedTeamValidation, CheckOutcome.Pass, ReasonCode.None, inputs, passed.Source)
            : new(
                Control.RedTeamValidation,
                CheckOutcome.Fail,
                ReasonCode.RedTeamMissing,
                inputs + EvidenceText.Tests(tests, ages, day),
                tests.Count > 0 ? tests[0].Source : action.Dossier.Agent.Source
            );
    }
}
