using Gateway.Policy.Actions;
using Gateway.Policy.Model;
using static Gateway.Authoring.Conformance.AtfStanding;

namespace Gateway.Authoring.Conformance;

/// <summary>D-1 to D-5: what does the agent take in, and what does it give out?</summary>
internal static class DataFindings
{
    public static AtfFinding Inputs(AtfSubject subject) =>
        AtfFinding.Unless(
            subject.Granted.Where(granted => granted.Operation.RequestTypes.Any(type => type != "application/json")),
            "Bodies that aren't JSON have no structure that is read",
            () => Of(subject, "Bodies are strict JSON, each bounded in its size; the arguments' own schema nobody checks.")
        );

    public static AtfFinding Injection(AtfSubject subject)
    {
        var test = AgentEvidence.PassedTest(subject.Dossier.RedTeamTests, subject.Dossier.Profile.Ages, subject.Day);
        var playbooks = subject.PlaybooksFor(IncidentScenario.PromptInjection);
        return !subject.Rehearsed(IncidentScenario.PromptInjection)
                ? AtfFinding.Of(NotMet, "Nothing screens content, and no owned and tested playbook is for prompt_injection.", playbooks)
            : test is null ? AtfFinding.Of(NotMet, "Nothing screens content, and no red-team test was passed.", subject.Agent.Source)
            : AtfFinding.Of(
                Partly,
                "Nothing screens content; a red-team test was passed and a playbook tried.",
                [.. playbooks, test.Source]
            );
    }

    public static AtfFinding PersonalData(AtfSubject subject) =>
        AtfFinding.Unless(
            subject.Granted.Where(granted => Undocumented(subject, granted) != DataClasses.None),
            "No data flow is documented for what this moves",
            () =>
                AtfFinding.Of(
                    Partly,
                    "Every declared class that needs a flow has one; what is in the content nobody looks for.",
                    subject.Dossier.DataFlows.Select(flow => flow.Source).DefaultIfEmpty(subject.Agent.Source)
                )
        );

    public static AtfFinding Outputs(AtfSubject subject) =>
        AtfFinding.Unless(
            subject.Granted.Where(granted => granted.Operation.ResponseBytes > Operation.DefaultResponseBytes),
            $"Answers may be over {Operation.DefaultResponseBytes >> 20} MiB",
            () => Of(subject, "Answers are bounded in type and size; what they say nobody checks.")
        );

    public static AtfFinding Lineage(AtfSubject subject) =>
        subject.Dossier.Profile.DataDeclared
            ? Of(subject, "An action on somebody else's system must say its classes of data; where data came from nobody follows.")
            : Of(subject, "Its profile lets actions on other systems say nothing of their data: 'dataDeclared' is off.") with
            {
                Standing = NotMet,
            };

    /// <summary>The classes that need a flow and have none, as control 8 has it.</summary>
    private static DataClasses Undocumented(AtfSubject subject, GrantedOperation granted) =>
        subject
            .Dossier.DataFlows.Where(flow => flow.Connector == granted.Connector.Id)
            .Aggregate(granted.Operation.Data & DataClasses.NeedsFlow, (missing, flow) => missing & ~flow.Data);

    private static AtfFinding Of(AtfSubject subject, string why) => AtfFinding.Of(Partly, why, subject.Agent.Source);
}
