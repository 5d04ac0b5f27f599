using System.Text.Json.Nodes;
using Gateway.Authoring.Changes;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>What was decided about one part of an action, for programs: its controls, its rules and their conditions.</summary>
internal static class ExplainedPartJson
{
    public static JsonNode Of(ExplainedPart part) =>
        new JsonObject
        {
            ["operation"] = part.Operation.ToString(),
            ["verdict"] = Vocabulary.Verdict.Text(part.Decision.Verdict),
            ["controls"] = Array(part.Decision.Path.Select(Of)),
            ["rules"] = Array(part.Decision.Rules.Select(Of)),
            ["conditions"] = Array(part.Conditions.Select(ConditionJson.Of)),
        };

    private static JsonNode Of(PathEntry entry) =>
        new JsonObject
        {
            ["control"] = (int)entry.Control,
            ["name"] = Words.Snake(entry.Control.ToString()),
            ["outcome"] = Words.Snake(entry.Outcome.ToString()),
            ["reason"] = entry.Reason == ReasonCode.None ? null : Reasons.Of(entry.Reason).Code,
            ["inputs"] = entry.Inputs,
            ["source"] = entry.Source?.ToString(),
        };

    private static JsonNode Of(RuleEntry entry) =>
        new JsonObject
        {
            ["policy"] = entry.Policy,
            ["verdict"] = Vocabulary.Verdict.Text(entry.Verdict),
            ["rules"] = Array(entry.Rules.Select(text => (JsonNode)text)),
            ["reason_codes"] = Array(entry.ReasonCodes.Select(text => (JsonNode)text)),
            ["violations"] = Array(entry.Violations.Select(text => (JsonNode)text)),
            ["source"] = entry.Source.ToString(),
        };

    private static JsonArray Array(IEnumerable<JsonNode> items) => [.. items];
}
