using System.Text.Json.Nodes;

namespace Gateway.Gait.Signals;

/// <summary>What may have driven runs to fail, told by words in their reasons, and what to do about it.</summary>
internal static class SignalDrivers
{
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

    public static IReadOnlyList<string> Of(RunFingerprint run) =>
        [
            .. Causes
                .Where(cause => run.Reasons.Any(reason => cause.Words.Any(word => reason.Contains(word, StringComparison.Ordinal))))
                .Select(cause => cause.Driver),
        ];

    public static JsonArray Suggest(IEnumerable<string> drivers) =>
        [
            .. drivers
                .Select(driver => Suggestions[driver])
                .Select(suggestion => new JsonObject
                {
                    ["kind"] = suggestion.Kind,
                    ["summary"] = suggestion.Summary,
                    ["likely_scope"] = suggestion.Scope,
                }),
        ];
}
