using System.Text.Json;
using Gateway.Gait.Gating;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>What a case expects besides the verdict. Null when all is as expected.</summary>
internal static class GateExpectations
{
    public static string? Compare(JsonElement c, RuleOutcome outcome, IntentResult read) =>
        CompareList("reasons", c.Texts("expected_reason_codes"), c.Text("reason_match"), outcome.ReasonCodes)
        ?? CompareList("violations", c.Texts("expected_violations"), c.Text("violation_match"), outcome.Violations)
        ?? CompareStatus("freeze", c.Text("expected_freeze_window_status"), outcome.Freeze)
        ?? CompareStatus("sandbox", c.Text("expected_sandbox_status"), outcome.Sandbox)
        ?? CompareText("kill switch", c.Text("expected_kill_switch_status"), outcome.KillSwitch?.Status ?? "")
        ?? CompareScript(c, outcome)
        ?? CompareFields(c, outcome)
        ?? CompareSteps(c, read);

    private static string? CompareList(string name, string[] expected, string match, IReadOnlyList<string> actual)
    {
        var equal = match switch
        {
            "exact" => expected.SequenceEqual(actual, StringComparer.Ordinal),
            "includes" => expected.All(code => actual.Contains(code, StringComparer.Ordinal)),
            _ => true,
        };
        return equal ? null : $"{name} {string.Join(",", actual)}, not {match} {string.Join(",", expected)}";
    }

    private static string? CompareStatus(string name, string expected, CheckStatus? actual) =>
        CompareText(name, expected, actual?.ToString() ?? "");

    private static string? CompareText(string name, string expected, string actual) =>
        expected.Length == 0 || string.Equals(expected, actual, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{name} {actual}, not {expected}";

    private static string? CompareScript(JsonElement c, RuleOutcome outcome)
    {
        if (c.Get("expected_script") is not { } expected)
        {
            return null;
        }

        return
            outcome.Script is { } script
            && script.Steps.Count == expected.GetProperty("step_count").GetInt32()
            && script.CompositeRiskClass == expected.Text("composite_risk_class")
            ? null
            : "The script's steps or risk differ.";
    }

    private static string? CompareSteps(JsonElement c, IntentResult read)
    {
        var expected = c.Texts("expected_step_tools");
        return expected.Length == 0 || (read.TryGet(out var intent) && expected.SequenceEqual(intent.Steps.Select(step => step.ToolName)))
            ? null
            : "The script's tools differ.";
    }

    private static string? CompareFields(JsonElement c, RuleOutcome outcome) =>
        c.Get("expected_outcome_fields") is not { } fields
            ? null
            : fields
                .EnumerateObject()
                .Select(field => CompareField(field.Name, field.Value, outcome))
                .FirstOrDefault(failure => failure is not null);

    private static string? CompareField(string name, JsonElement expected, RuleOutcome outcome)
    {
        object? actual = name switch
        {
            "matched_rule" => string.Join(",", outcome.MatchedRules),
            "min_approvals" => outcome.Approval.Minimum,
            "require_distinct_approvers" => outcome.Approval.DistinctApprovers,
            "require_broker_credential" => outcome.Broker.Required,
            "require_delegation" => outcome.RequireDelegation,
            "dataflow_triggered" => outcome.DataflowTriggered,
            "broker_reference" => outcome.Broker.Reference,
            "broker_scopes" => string.Join(",", outcome.Broker.Scopes),
            "rate_limit" => LimitMerge.MostRestrictive(outcome.RateLimits),
            "destructive_budget" => LimitMerge.MostRestrictive(outcome.DestructiveBudgets),
            "script" => outcome.Script is not null,
            "step_count" => outcome.Script?.Steps.Count,
            "composite_risk_class" => outcome.Script?.CompositeRiskClass,
            "context_source" => "wrkr_inventory",
            _ => "unknown field",
        };
        return Equals(actual, Value(expected)) ? null : $"{name} {actual}, not {expected}";
    }

    private static object? Value(JsonElement expected) =>
        expected.ValueKind switch
        {
            JsonValueKind.Number => expected.GetInt32(),
            JsonValueKind.True or JsonValueKind.False => expected.GetBoolean(),
            JsonValueKind.Array => string.Join(",", expected.EnumerateArray().Select(item => item.GetString())),
            JsonValueKind.Object => new LimitDemand(
                expected.GetProperty("requests").GetInt32(),
                expected.Text("window"),
                expected.Text("scope")
            ),
            _ => expected.GetString(),
        };
}
