using System.Text.Json.Nodes;
using Gateway.Authoring.Changes;
using Gateway.Authoring.Search;
using Gateway.Cel.Values;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>An explanation for programs. Names are part of the contract of <c>gateway policy explain --json</c>.</summary>
public static class ExplanationJson
{
    public static JsonObject Of(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        var decision = explanation.Decision;
        return new JsonObject
        {
            ["verdict"] = Vocabulary.Verdict.Text(decision.Verdict),
            ["severity"] = Vocabulary.Severity.Text(decision.Severity),
            ["level"] = decision.Level == AtfLevel.Unassigned ? null : Vocabulary.Level.Text(decision.Level),
            ["undetermined"] = decision.Undetermined,
            ["reasons"] = Array(decision.Reasons.Select(Of)),
            ["parts"] = Array(explanation.Parts.Select(Of)),
            ["obligations"] = Array(ExplanationText.ObligationsOf(decision.Obligations).Select(text => (JsonNode)text)),
            ["approvals"] = Array(decision.Approvals.Select(gate => Of(gate, decision.ApprovalsNeeded))),
            ["reads"] = Array(ExplanationText.ReadsOf(decision.Reads).Select(text => (JsonNode)text)),
            ["class_cacheable"] = decision.IsClassCacheable,
            ["opens_incident"] = decision.OpensIncident,
            ["would_allow"] = Of(explanation.WouldAllow),
        };
    }

    public static JsonObject Of(WouldAllow would)
    {
        ArgumentNullException.ThrowIfNull(would);
        return new JsonObject
        {
            ["already_allowed"] = would.AlreadyAllowed,
            ["sets"] = Array(
                would.Sets.Select(set => Array(set.Select(change => new JsonObject { ["change"] = change.Name, ["text"] = change.Text })))
            ),
            ["cut_off"] = would.IsCutOff,
            ["larger_may_help"] = would.LargerMayHelp,
        };
    }

    private static JsonNode Of(ReasonCode code)
    {
        var reason = Reasons.Of(code);
        return new JsonObject
        {
            ["code"] = reason.Code,
            ["message"] = reason.Message,
            ["remedy"] = reason.Remedy,
            ["threats"] = Array(Threats.Of(code).Select(threat => (JsonNode)threat.Id)),
        };
    }

    private static JsonNode Of(ExplainedPart part) =>
        new JsonObject
        {
            ["operation"] = part.Operation.ToString(),
            ["verdict"] = Vocabulary.Verdict.Text(part.Decision.Verdict),
            ["controls"] = Array(part.Decision.Path.Select(Of)),
            ["rules"] = Array(part.Decision.Rules.Select(Of)),
            ["conditions"] = Array(part.Conditions.Select(Of)),
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

    private static JsonNode Of(ConditionTrace condition) =>
        new JsonObject
        {
            ["policy"] = condition.Policy,
            ["rule"] = condition.Rule,
            ["text"] = condition.Text,
            ["value"] = ValueText.Of(condition.Trace.Result.Value),
            ["parts"] = Array(
                condition.Trace.Entries.Select(part => new JsonObject
                {
                    ["text"] = part.Text,
                    ["depth"] = part.Depth,
                    ["value"] = ValueText.Of(part.Value),
                })
            ),
            ["source"] = condition.Source.ToString(),
        };

    private static JsonNode Of(ApprovalGate gate, int atLeast) =>
        new JsonObject
        {
            ["gate"] = gate.Name,
            ["groups"] = Array(gate.ApproverGroups.Select(text => (JsonNode)text)),
            ["quorum"] = Math.Max(gate.Quorum, atLeast),
            ["source"] = gate.Source.ToString(),
        };

    private static JsonArray Array(IEnumerable<JsonNode> items) => [.. items];
}
