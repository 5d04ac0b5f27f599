using Gateway.Authoring.Simulation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Simulating;

/// <summary>A simulation's result for people.</summary>
internal static class SimulationLines
{
    public static IEnumerable<string> Of(SimulationReport report)
    {
        yield return $"{report.Actions} decisions: {report.Changed} would change, {report.Flipped} of them to another "
            + $"verdict; {report.Undetermined} can't be told.";
        if (report.RecordedOtherwise > 0)
        {
            yield return $"{report.RecordedOtherwise} were decided otherwise then than by the baseline: other documents were in force.";
        }

        foreach (var group in report.Groups)
        {
            yield return $"{group.Count} x {Vocabulary.Verdict.Text(group.Before)} -> {Vocabulary.Verdict.Text(group.After)}";
            foreach (var cause in group.Causes)
            {
                yield return $"    {cause}";
            }

            foreach (var example in group.Examples)
            {
                yield return Line(example);
            }
        }

        foreach (var group in report.UndeterminedGroups)
        {
            yield return $"{group.Count} x undetermined: the records of {group.Tool} don't hold {string.Join(", ", group.Missing)}";
            foreach (var example in group.Examples)
            {
                yield return Line(example);
            }
        }
    }

    private static string Line(SimulatedAction action) =>
        $"    {action.Receipt}  {action.Intent.Tenant} {action.Intent.Agent} {action.Intent.Connector}/{action.Intent.Operation}";
}
