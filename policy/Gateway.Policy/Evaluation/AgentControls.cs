using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The controls about the agent itself, 1 to 4 and 9 to 11: is it registered, active, does somebody answer for it, and what is on record
/// about it?
/// </summary>
internal static class AgentControls
{
    private static readonly string[] StatusTexts =
    [
        .. Enum.GetValues<LifecycleStatus>().Select(s => "status=" + Vocabulary.Status.Text(s)),
    ];

    /// <param name="agent">Null for an agent that isn't registered in the intent's tenant and workspace.</param>
    public static PathEntry Registration(Agent? agent) =>
        agent is null
            ? new(Control.AgentRegistration, CheckOutcome.Fail, ReasonCode.AgentUnregistered, "registered=no", null)
            : new(Control.AgentRegistration, CheckOutcome.Pass, ReasonCode.None, "registered=yes", agent.Source);

    /// <summary>The document and the durable store must both say active, the store by saying nothing else.</summary>
    public static PathEntry Status(Agent agent, Facts facts)
    {
        var status = agent.Status == LifecycleStatus.Active ? facts.Status ?? LifecycleStatus.Active : agent.Status;
        var text = (uint)status < StatusTexts.Length ? StatusTexts[(int)status] : "status=unknown";
        return Entry(Control.LifecycleStatus, status == LifecycleStatus.Active, ReasonCode.AgentNotActive, text, agent);
    }

    public static PathEntry HumanOwner(Agent agent) => Owner(Control.HumanOwner, agent.HumanOwner, ReasonCode.HumanOwnerMissing, agent);

    public static PathEntry SecurityOwner(Agent agent) =>
        Owner(Control.SecurityOwner, agent.SecurityOwner, ReasonCode.SecurityOwnerMissing, agent);

    /// <summary>Control 9: a high-risk agent has an owned playbook for prompt injection, unauthorised action and going rogue.</summary>
    public static PathEntry Playbooks(in ActionProfile action)
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

        var missing = MissingScenario(found);
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
    private static IncidentScenario MissingScenario(int found)
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
            if (open[i].Tier is RiskTier.Critical or RiskTier.Unspecified)
            {
                critical ??= open[i];
                results.CriticalFinding |= !open[i].IsRisk;
            }
        }

        results.Obligations = results.Obligations with { LogDetailed = true };
        var inputs = InputText.Count("open", open.Count);
        return critical is null
            ? new(Control.RisksAndFindings, CheckOutcome.Pass, ReasonCode.None, inputs, open[0].Source)
            : new(Control.RisksAndFindings, CheckOutcome.Fail, ReasonCode.OpenFinding, inputs + " critical=yes", critical.Source);
    }

    /// <summary>Control 11: for a high-risk or external action the agent has at least one passed red-team test on record.</summary>
    public static PathEntry RedTeam(in ActionProfile action)
    {
        var inputs = InputText.Action(action.Action, action.Risk);
        if (!action.IsHighRisk && !action.IsExternal)
        {
            return new(Control.RedTeamValidation, CheckOutcome.NotApplicable, ReasonCode.None, inputs, null);
        }

        var tests = action.Dossier.RedTeamTests;
        for (var i = 0; i < tests.Count; i++)
        {
            if (tests[i].Passed)
            {
                return new(Control.RedTeamValidation, CheckOutcome.Pass, ReasonCode.None, inputs, tests[i].Source);
            }
        }

        return new(
            Control.RedTeamValidation,
            CheckOutcome.Fail,
            ReasonCode.RedTeamMissing,
            inputs,
            tests.Count > 0 ? tests[0].Source : action.Dossier.Agent.Source
        );
    }

    private static PathEntry Owner(Control control, string? person, ReasonCode missing, Agent agent) =>
        string.IsNullOrWhiteSpace(person)
            ? Entry(control, false, missing, "owner=missing", agent)
            : Entry(control, true, missing, "owner=named", agent);

    private static PathEntry Entry(Control control, bool passed, ReasonCode reason, string inputs, Agent agent) =>
        passed
            ? new(control, CheckOutcome.Pass, ReasonCode.None, inputs, agent.Source)
            : new(control, CheckOutcome.Fail, reason, inputs, agent.Source);
}
