using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Signals;

/// <summary>Runs with one fingerprint: one kind of incident.</summary>
public sealed record SignalFamily(string Fingerprint, IReadOnlyList<RunFingerprint> Runs)
{
    private const int IdLength = 12;

    public string Id => "fam_" + Fingerprint[..IdLength];

    /// <summary>The first by name.</summary>
    public string CanonicalRun => Runs[0].RunId;

    public int Severity => SignalSeverity.Score(Runs[0]) + Math.Min(Runs.Count, 10);

    public string Level => SignalSeverity.Level(Severity);

    public IReadOnlyList<string> Drivers => SignalDrivers.Of(Runs[0]);

    /// <summary>The reason that says most: a broken rule before a verdict, a verdict before a status.</summary>
    public string TopReason => Runs[0].Reasons.OrderBy(Rank).ThenBy(reason => reason, StringComparer.Ordinal).FirstOrDefault() ?? "";

    public JsonObject ToJson()
    {
        var json = Head();
        json["run_ids"] = Runs.Select(run => run.RunId).ToJson();
        json["artifact_pointers"] = Runs.Select(run => run.Source).Distinct(StringComparer.Ordinal).ToJson();
        return json;
    }

    public JsonObject ToIssue(int rank)
    {
        var json = Head();
        json["rank"] = rank;
        return json;
    }

    private JsonObject Head() =>
        new()
        {
            ["family_id"] = Id,
            ["fingerprint"] = Fingerprint,
            ["count"] = Runs.Count,
            ["canonical_run_id"] = CanonicalRun,
            ["top_failure_reason"] = TopReason,
            ["drivers"] = Drivers.ToJson(),
            ["severity_score"] = Severity,
            ["severity_level"] = Level,
            ["suggestions"] = SignalDrivers.Suggest(Drivers),
        };

    private static int Rank(string reason) =>
        reason.StartsWith("violation_", StringComparison.Ordinal) ? 0
        : reason.StartsWith("trace_verdict_", StringComparison.Ordinal) ? 1
        : reason.StartsWith("result_status_", StringComparison.Ordinal) ? 3
        : 2;
}
