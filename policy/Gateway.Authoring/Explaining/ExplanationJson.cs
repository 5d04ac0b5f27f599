using System.Text.Json.Nodes;
using Gateway.Authoring.Search;
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
            ["reasons"] = Array(decision.Reasons.Select(ReasonJson.Of)),
            ["parts"] = Array(explanation.Parts.Select(ExplainedPartJson.Of)),
            ["obligations"] = Array(ExplanationText.ObligationsOf(decision.Obligations).Select(text => (JsonNode)text)),
            ["approvals"] = Array(decision.Approvals.Select(gate => ReasonJson.Of(gate, decision.ApprovalsNeeded))),
            ["reads"] = Array(ExplanationText.ReadsOf(decision.Reads).Select(text => (JsonNode)text)),
            ["limits"] = Array((explanation.Limits is { } limits ? LimitText.Of(limits) : []).Select(text => (JsonNode)text)),
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

    private static JsonArray Array(IEnumerable<JsonNode> items) => [.. items];
}
