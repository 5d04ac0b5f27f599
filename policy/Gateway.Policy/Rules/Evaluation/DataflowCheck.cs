using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Whether tainted data would leave: an argument from a tainted source, and one target that is a destination by all lists.
/// </summary>
internal static class DataflowCheck
{
    public static void Apply(DataflowConstraint dataflow, RuleIntent intent, RuleFinding finding)
    {
        if (!IsTainted(dataflow, intent.Provenance) || !Leaves(dataflow, intent.Targets))
        {
            return;
        }

        finding.Dataflow = true;
        finding.Tighten(dataflow.Action);
        finding.Add(dataflow.ReasonCode, dataflow.Violation);
    }

    private static bool IsTainted(DataflowConstraint dataflow, IReadOnlyList<ArgProvenance> provenance)
    {
        for (var i = 0; i < provenance.Count; i++)
        {
            if (CodeList.Contains(dataflow.TaintedSources, provenance[i].Source))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(DataflowConstraint dataflow, IReadOnlyList<IntentTargetFact> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            if (IsDestination(dataflow, targets[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDestination(DataflowConstraint dataflow, IntentTargetFact target) =>
        dataflow.DestinationKinds.Count + dataflow.DestinationValues.Count + dataflow.DestinationOperations.Count == 0
            ? target.Kind is "host" or "url" or "bucket" or "queue" or "topic"
            : (dataflow.DestinationKinds.Count == 0 || CodeList.Contains(dataflow.DestinationKinds, target.Kind))
                && (dataflow.DestinationValues.Count == 0 || IsNamed(dataflow.DestinationValues, target))
                && (dataflow.DestinationOperations.Count == 0 || CodeList.Contains(dataflow.DestinationOperations, target.Operation));

    private static bool IsNamed(IReadOnlyList<string> values, IntentTargetFact target) =>
        CodeList.Contains(values, target.Value)
        || CodeList.Contains(values, target.CleanValue)
        || CodeList.Contains(values, target.ActualDomain);
}
