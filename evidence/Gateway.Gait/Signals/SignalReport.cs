using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;

namespace Gateway.Gait.Signals;

/// <summary>Incidents of many runs, by kind, the worst first. The same runs in any order give the same report.</summary>
public sealed record SignalReport(IReadOnlyList<RunFingerprint> Fingerprints, IReadOnlyList<SignalFamily> Families)
{
    private const int MostIssues = 10;
    private const string Epoch = "1980-01-01T00:00:00Z";

    public static SignalReport Create(IEnumerable<SignalInput> inputs)
    {
        var runs = inputs
            .Select(FingerprintReader.Read)
            .OrderBy(run => run.RunId, StringComparer.Ordinal)
            .ThenBy(run => run.Source, StringComparer.Ordinal)
            .ToList();
        var families = runs.GroupBy(run => run.Fingerprint)
            .Select(group => new SignalFamily(group.Key, [.. group]))
            .OrderByDescending(family => family.Severity)
            .ThenBy(family => family.Id, StringComparer.Ordinal);
        return new SignalReport(runs, [.. families]);
    }

    public JsonObject ToJson(string producerVersion) =>
        new()
        {
            ["schema_id"] = "gait.scout.signal_report",
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = Fingerprints.Select(run => run.CreatedAt).DefaultIfEmpty(Epoch).Min(StringComparer.Ordinal),
            ["producer_version"] = producerVersion,
            ["run_count"] = Fingerprints.Count,
            ["family_count"] = Families.Count,
            ["fingerprints"] = new JsonArray([.. Fingerprints.Select(run => run.ToJson(producerVersion))]),
            ["families"] = new JsonArray([.. Families.Select(family => family.ToJson())]),
            ["top_issues"] = new JsonArray([.. Families.Take(MostIssues).Select((family, i) => family.ToIssue(i + 1))]),
        };
}

/// <summary>One run with what is known of it besides its pack.</summary>
/// <param name="Source">The pack's path, as the report shows it.</param>
/// <param name="Traces">Records of the run's decisions.</param>
/// <param name="FailedGraders">Reason codes of regression tests of the run that failed.</param>
public sealed record SignalInput(Runpack Pack, string Source, IReadOnlyList<JsonObject> Traces, IReadOnlyList<string> FailedGraders);
