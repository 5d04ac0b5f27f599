using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The controls about the agent itself, 1 to 4: is it registered, active, and does somebody answer for it?
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

    private static PathEntry Owner(Control control, string? person, ReasonCode missing, Agent agent) =>
        string.IsNullOrWhiteSpace(person)
            ? Entry(control, false, missing, "owner=missing", agent)
            : Entry(control, true, missing, "owner=named", agent);

    private static PathEntry Entry(Control control, bool passed, ReasonCode reason, string inputs, Agent agent) =>
        passed
            ? new(control, CheckOutcome.Pass, ReasonCode.None, inputs, agent.Source)
            : new(control, CheckOutcome.Fail, reason, inputs, agent.Source);
}
