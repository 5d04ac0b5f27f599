using Gateway.Policy.Model;
using static Gateway.Authoring.Conformance.AtfStanding;

namespace Gateway.Authoring.Conformance;

/// <summary>R-1 to R-5: what if the agent goes wrong?</summary>
internal static class IncidentFindings
{
    public static AtfFinding Breaker(AtfSubject subject) =>
        AtfFinding.Unless(
            subject.Granted.DistinctBy(granted => granted.Connector.Id).Where(granted => granted.Connector.Breaker.FailureRatio >= 1),
            "The breaker stays shut as long as one call in its window succeeds ('failureRatio: 1')",
            () =>
                subject.Triggers(TriggerEvent.Refusals).FirstOrDefault(trigger => trigger.Mode == TriggerMode.Enforce) is { } halts
                    ? AtfFinding.Of(
                        Met,
                        $"The trigger '{halts.Name}' halts it where it keeps being refused, and a system that keeps failing is left alone.",
                        halts.Source
                    )
                    : AtfFinding.Of(
                        Partly,
                        "A system that keeps failing is left alone; no trigger in 'enforce' halts an agent that keeps being refused.",
                        subject.Granted.Select(granted => granted.Connector.Source).DefaultIfEmpty(subject.Agent.Source)
                    )
        );

    public static AtfFinding KillSwitch(AtfSubject subject) =>
        Rehearsed(subject, IncidentScenario.RogueAgent, "'gateway agents suspend' stops it", "rogue_agent");

    public static AtfFinding Sessions(AtfSubject subject) =>
        Rehearsed(
            subject,
            IncidentScenario.UnauthorisedAction,
            "Suspending it or revoking its keys ends its sessions",
            "unauthorised_action"
        );

    public static AtfFinding Undoing(AtfSubject subject) =>
        AtfFinding.Unless(
            subject.Granted.Where(granted =>
                granted.Operation is { Action: not ActionType.Read, Reversible: false } && !granted.Permission.HumanApproval
            ),
            "It may do what can't be undone, and nobody approves it first",
            () => AtfFinding.Of(Partly, "What it does can be undone or is approved; undoing is the system's own.", subject.Agent.Source)
        );

    public static AtfFinding LessAutonomy(AtfSubject subject) =>
        subject.Agent.Demote is not null || subject.Dossier.Profile.Demotions.Count > 0
            ? AtfFinding.Of(Met, "Its document or its profile says when it falls to a lower level.", subject.Agent.Source)
            : AtfFinding.Of(
                Partly,
                "People can demote it; no document says when it falls by itself: write 'demote'.",
                subject.Agent.Source
            );

    /// <summary>What Gateway can do in an instant helps only where somebody knows that it is to be done.</summary>
    private static AtfFinding Rehearsed(AtfSubject subject, IncidentScenario scenario, string can, string name) =>
        subject.Rehearsed(scenario)
            ? AtfFinding.Of(Met, $"{can}, and its playbook for {name} is owned and tested.", subject.PlaybooksFor(scenario))
            : AtfFinding.Of(Partly, $"{can}; no owned and tested playbook for {name} says who does.", subject.PlaybooksFor(scenario));
}
