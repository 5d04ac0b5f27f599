using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Signals;

/// <summary>Runs with one fingerprint: one kind of incident.</summary>
public sealed record SignalFamily(string Fingerprint, IReadOnlyList<RunFingerprint> Runs)
{
    private const int IdLength = 12;

    private static readonly string[] Postures = ["policy", "approval", "block", "credential"];

    private static readonly (string Driver, string[] Words)[] Causes =
    [
        ("policy_change", ["trace_verdict", "violation_", "policy", "approval", "block"]),
        ("tool_result_shape_change", ["result_status", "diff", "schema", "exit_code", "sequence"]),
        ("reference_set_change", ["context", "reference"]),
        ("configuration_change", ["config", "credential", "candidate", "fixture"]),
    ];

    private static readonly Dictionary<string, (string Kind, string Summary, string Scope)> Suggestions = new()
    {
        ["policy_change"] = ("policy_fixture", "Keep the refused request as a regression test of the policy.", "policy/*.yaml + intents"),
        ["tool_result_shape_change"] = (
            "regress_fixture",
            "Keep the run as a fixture, and compare the tool's answers with it.",
            "fixtures/"
        ),
        ["reference_set_change"] = ("context_fixture", "Require context evidence, and pin the digest of the set.", "refs.json"),
        ["configuration_change"] = (
            "configuration_check",
            "Compare the configuration of the runs that fail with one that doesn't.",
            "gait.yaml"
        ),
    };

    public string Id => "fam_" + Fingerprint[..IdLength];

    /// <summary>The first by name.</summary>
    public string CanonicalRun => Runs[0].RunId;

    public int Severity => Score(Runs[0]) + Math.Min(Runs.Count, 10);

    public string Level =>
        Severity switch
        {
            >= 150 => "critical",
            >= 110 => "high",
            >= 70 => "medium",
            _ => "low",
        };

    public IReadOnlyList<string> Drivers =>
        [
            .. Causes
                .Where(cause => Runs[0].Reasons.Any(reason => cause.Words.Any(word => reason.Contains(word, StringComparison.Ordinal))))
                .Select(cause => cause.Driver),
        ];

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
            ["suggestions"] = new JsonArray([
                .. Drivers
                    .Select(driver => Suggestions[driver])
                    .Select(suggestion => new JsonObject
                    {
                        ["kind"] = suggestion.Kind,
                        ["summary"] = suggestion.Summary,
                        ["likely_scope"] = suggestion.Scope,
                    }),
            ]),
        };

    private static int Score(RunFingerprint run)
    {
        var weight = run.Actions.Count == 0 ? 1 : run.Actions.Max(action => ToolClass.Classify(action).Weight);
        var sensitivity = run.TargetSystems.Select(Sensitivity).DefaultIfEmpty(1).Max();
        var posture =
            run.Reasons.Any(reason => Postures.Any(word => reason.Contains(word, StringComparison.Ordinal))) ? 2
            : run.Reasons.Count > 0 ? 1
            : 0;
        return (30 * weight) + (15 * sensitivity) + (10 * posture) + Math.Min(run.Reasons.Count, 9);
    }

    private static int Sensitivity(string system) =>
        Has(system, "prod", "payment", "finance", "customer", "pii", "db") ? 3
        : Has(system, "internal", "staging", "queue") ? 2
        : 1;

    private static bool Has(string system, params string[] words) => words.Any(word => system.Contains(word, StringComparison.Ordinal));

    private static int Rank(string reason) =>
        reason.StartsWith("violation_", StringComparison.Ordinal) ? 0
        : reason.StartsWith("trace_verdict_", StringComparison.Ordinal) ? 1
        : reason.StartsWith("result_status_", StringComparison.Ordinal) ? 3
        : 2;
}
