using System.Text.Json.Nodes;
using Gateway.Gait.Gating;
using Gateway.Gait.Intents;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>A gate's decision for programs, by Gait's names. What is empty is left out.</summary>
internal static class GateJson
{
    public static JsonObject Of(GateResult answer)
    {
        var (decision, outcome) = (answer.Decision, answer.Decision.Outcome);
        var json = new JsonObject
        {
            ["profile"] = answer.Request.Profile == GateProfile.Standard ? "standard" : "oss-prod",
            ["verdict"] = RuleVerdicts.Word(decision.Verdict),
            ["reason_codes"] = List(decision.ReasonCodes),
            ["violations"] = List(decision.Violations),
            ["policy_digest"] = answer.Request.Policy.Digest.ToString(),
        };
        if (answer.Request.Intent.TryGet(out var intent))
        {
            AddIntent(json, intent, answer.Request.Facts);
        }

        if (answer.Trace is { } trace)
        {
            json["trace_id"] = trace.Id;
            json["trace_path"] = trace.Path;
        }

        AddApprovals(json, decision);
        AddTokens(json, answer.Proven);
        AddOutcome(json, outcome);
        AddLimits(json, answer.Limits);
        answer.Credential?.AddTo(json);
        if (answer.Governed is { } governed)
        {
            json["governance"] = governed.ToJson();
        }

        AddSimulated(json, decision.Simulated);
        return json;
    }

    public static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>The intent's own time, so that the same input gives the same bytes.</summary>
    public static string CreatedAt(RuleIntent? intent) =>
        intent is { CreatedAt.IsZero: false } ? intent.CreatedAt.ToString() : "1980-01-01T00:00:00Z";

    private static void AddIntent(JsonObject json, RuleIntent intent, RuleFacts facts)
    {
        json["intent_digest"] = IntentDigests.Compute(intent).ToString();
        json["phase"] = intent.Context.Phase;
        if (facts.Evidence is { } evidence)
        {
            json["context_set_digest"] = evidence.SetDigest;
            json["context_evidence_mode"] = evidence.Mode;
            json["context_ref_count"] = evidence.Refs.Count;
        }

        if (facts.Inventory is not null)
        {
            json["context_source"] = "wrkr_inventory";
        }

        if (IntentDigests.ScriptHash(intent) is { } hash)
        {
            json["script"] = true;
            json["step_count"] = intent.Steps.Count;
            json["script_hash"] = hash.ToString();
        }
    }

    private static void AddApprovals(JsonObject json, GateDecision decision)
    {
        if (decision.RequiredApprovals > 0)
        {
            json["required_approvals"] = decision.RequiredApprovals;
            json["valid_approvals"] = decision.ValidApprovals;
        }

        if (decision.Outcome.RequireDelegation)
        {
            json["delegation_required"] = true;
        }
    }

    private static void AddTokens(JsonObject json, TokenChecks proven)
    {
        if (json.ContainsKey("delegation_required"))
        {
            json["valid_delegations"] = proven.Delegations.Count(token => token.Counts);
        }

        if (proven.Approvals.Count > 0)
        {
            json["approvals"] = new JsonArray([
                .. proven.Approvals.Select(token =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["token_id"] = token.Id,
                            ["approver_identity"] = token.Approver,
                            ["valid"] = token.Counts,
                            ["error_code"] = token.Code,
                        }
                ),
            ]);
        }
    }

    private static void AddOutcome(JsonObject json, RuleOutcome outcome)
    {
        if (outcome.MatchedRules.Count > 0)
        {
            json["matched_rule"] = string.Join(',', outcome.MatchedRules);
        }

        if (outcome.Script is { } script)
        {
            json["composite_risk_class"] = script.CompositeRiskClass;
            json["step_verdicts"] = new JsonArray([.. script.Steps.Select(Step)]);
        }

        AddStatus(json, "freeze_window", outcome.Freeze);
        AddStatus(json, "sandbox", outcome.Sandbox);
        if (outcome.KillSwitch is { } stop)
        {
            json["kill_switch"] = new JsonObject
            {
                ["status"] = stop.Status,
                ["reason_codes"] = List(stop.ReasonCodes),
                ["matched_entry_ids"] = List(stop.EntryIds),
            };
        }

        if (outcome.McpTrust is { } trust)
        {
            json["mcp_trust"] = new JsonObject
            {
                ["status"] = trust.Status,
                ["enforced"] = trust.Enforced,
                ["reason_codes"] = List(trust.ReasonCodes),
            };
        }
    }

    private static JsonNode Step(RuleOutcome step, int index) =>
        new JsonObject
        {
            ["index"] = index,
            ["verdict"] = RuleVerdicts.Word(step.Verdict),
            ["reason_codes"] = List(step.ReasonCodes),
            ["violations"] = List(step.Violations),
            ["matched_rule"] = string.Join(',', step.MatchedRules),
        };

    private static void AddStatus(JsonObject json, string name, CheckStatus? status)
    {
        if (status is { } known)
        {
            json[name] = new JsonObject { ["status"] = known.ToString().ToLowerInvariant() };
        }
    }

    /// <summary>Each limit's own interface can say only one: the one that has the least room.</summary>
    private static void AddLimits(JsonObject json, GateLimits? limits)
    {
        foreach (var kind in (limits?.Used ?? []).GroupBy(used => used.Limit.IsBudget))
        {
            var (limit, used) = kind.MinBy(one => one.Limit.Demand.Requests - one.Used);
            var name = kind.Key ? "destructive_budget" : "rate_limit";
            json[name + "_scope"] = limit.Demand.Scope;
            json[name + "_key"] = limit.Window.Key;
            json[name + "_used"] = used;
            json[name + "_remaining"] = Math.Max(0, limit.Demand.Requests - used);
        }
    }

    private static void AddSimulated(JsonObject json, GateDecision? simulated)
    {
        if (simulated is null)
        {
            return;
        }

        json["simulate_mode"] = true;
        json["would_have_blocked"] = !simulated.MayGoAhead;
        json["simulated_verdict"] = RuleVerdicts.Word(simulated.Verdict);
        json["simulated_reason_codes"] = List(simulated.ReasonCodes);
    }
}
