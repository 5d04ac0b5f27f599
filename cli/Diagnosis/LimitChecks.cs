using System.Globalization;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Diagnosis;

/// <summary>Which limits agents have, and who says so: their own documents, their tenant's, or nobody.</summary>
internal static class LimitChecks
{
    // Of agents with the same limits; more would hide the next ones.
    private const int MostNamed = 20;

    public static IEnumerable<Finding> Of(Snapshot snapshot)
    {
        const string Check = "limits";
        foreach (var id in snapshot.Tenants)
        {
            var same = snapshot
                .Find(id)!
                .Agents.Values.OrderBy(dossier => dossier.Agent.Id.ToString(), StringComparer.Ordinal)
                .GroupBy(dossier => string.Join("; ", LimitText.Of(dossier.Limits)), StringComparer.Ordinal);
            foreach (var agents in same)
            {
                yield return new Finding(
                    Check,
                    FindingStatus.Pass,
                    $"{id}: {Names([.. agents.Select(one => one.Agent.Id)])}: {agents.Key}."
                );
            }
        }
    }

    private static string Names(IReadOnlyList<Id<Agent>> agents) =>
        string.Join(", ", agents.Take(MostNamed))
        + (agents.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {agents.Count - MostNamed} more") : "");
}
