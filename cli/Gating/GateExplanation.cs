using System.Text.Json.Nodes;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Cli.Gating;

/// <summary>What a gate's decision rests on: for programs as <c>gait.gate.policy_explain</c> 1.0.0.</summary>
internal static class GateExplanation
{
    private const string Producer = "gateway";

    public static JsonObject Of(GateResult answer)
    {
        var (decision, outcome) = (answer.Decision, answer.Decision.Outcome);
        var all = GateJson.Of(answer);
        var json = new JsonObject
        {
            ["ok"] = outcome.Errors.Count == 0,
            ["schema_id"] = "gait.gate.policy_explain",
            ["schema_version"] = "1.0.0",
            ["created_at"] = GateJson.CreatedAt(answer.Request.Intent.TryGet(out var intent) ? intent : null),
            ["producer_version"] = Producer,
            ["verdict"] = RuleVerdicts.Word(decision.Verdict),
            ["matched_rules"] = new JsonArray([.. DecisionGrounds.Matched(answer).Select(Rule)]),
            ["reason_codes"] = GateJson.List(decision.ReasonCodes),
            ["violations"] = GateJson.List(decision.Violations),
            ["missing_fields"] = GateJson.List(DecisionGrounds.Missing(answer)),
            ["fail_closed_reason_codes"] = GateJson.List(decision.ReasonCodes.Where(DecisionGrounds.IsFailClosed)),
            ["approval_required"] = outcome.Verdict == Verdict.RequireApproval,
            ["required_approvals"] = decision.RequiredApprovals,
            ["valid_approvals"] = decision.ValidApprovals,
            ["require_broker_credential"] = outcome.Broker.Required,
            ["require_delegation"] = outcome.RequireDelegation,
            ["context_evidence_status"] = DecisionGrounds.ContextStatus(answer),
        };
        foreach (var name in (string[])["matched_rule", "freeze_window", "kill_switch", "sandbox", "governance"])
        {
            if (all[name] is { } value)
            {
                json[name] = value.DeepClone();
            }
        }

        return json;
    }

    private static JsonNode Rule(RuleDefinition rule) =>
        new JsonObject
        {
            ["name"] = rule.Name,
            ["priority"] = rule.Priority,
            ["effect"] = RuleVerdicts.Word(rule.Effect),
        };
}
