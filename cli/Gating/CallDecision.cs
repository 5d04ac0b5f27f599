using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Evidence.Artifacts;
using Gateway.Evidence.Traces;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Cli.Gating;

/// <summary>What came of one tool call. Nothing was executed: whoever asked must not go on unless the verdict is <c>allow</c>.</summary>
internal sealed record CallDecision(string Adapter, TraceSubject Subject, string TracePath, string TraceId, double LatencyMilliseconds)
{
    /// <summary>The fields that Gait's <c>mcp proxy</c> answers.</summary>
    public JsonObject ToJson()
    {
        var context = Subject.Intent?.Context;
        var json = new JsonObject
        {
            ["executed"] = false,
            ["adapter"] = Adapter,
            ["run_id"] = RunId,
            ["job_id"] = context?.JobId ?? "",
            ["phase"] = context?.Phase ?? "",
            ["session_id"] = context?.SessionId ?? "",
            ["tool_name"] = Subject.ToolName,
            ["verdict"] = RuleVerdicts.Word(Subject.Verdict),
            ["reason_codes"] = Subject.ReasonCodes.ToJson(),
            ["violations"] = Subject.Violations.ToJson(),
            ["policy_digest"] = Subject.PolicyDigest.ToString(),
            ["policy_id"] = RulePolicy.SchemaId,
            ["policy_version"] = RulePolicy.SchemaVersion,
            ["matched_rule_ids"] = Subject.Outcome.MatchedRules.ToJson(),
            ["intent_digest"] = Subject.IntentDigest.ToString(),
            ["decision_latency_ms"] = Math.Round(LatencyMilliseconds, 3),
            ["trace_id"] = TraceId,
            ["trace_path"] = TracePath,
        };
        if (Subject.Outcome.McpTrust is { } trust)
        {
            json["mcp_trust"] = new JsonObject { ["status"] = trust.Status, ["enforced"] = trust.Enforced, ["reason_codes"] = trust.ReasonCodes.ToJson() };
        }

        return json;
    }

    public string RunId => Subject.RunId.Length > 0 ? Subject.RunId : Subject.Intent?.Context.RunId ?? "";

    /// <summary>Only an allow ends with 0, so that whoever looks at nothing but the exit code executes nothing else.</summary>
    public ExitCode Exit => ExitOf(Subject.Verdict);

    public static ExitCode ExitOf(Verdict verdict) => verdict switch
    {
        Verdict.Allow => ExitCode.Ok,
        Verdict.Degrade or Verdict.RequireApproval => ExitCode.ApprovalRequired,
        Verdict.Block => ExitCode.Blocked,
    };

    /// <summary>What else must hold for an outcome, and can't be proven here; null for nothing. A limit that isn't counted is a limit that isn't kept.</summary>
    public static string? Unmet(RuleOutcome outcome) =>
        outcome.Verdict != Verdict.Allow ? null
        : outcome.RateLimits.Count > 0 || outcome.DestructiveBudgets.Count > 0 ? "limit_not_enforceable_here"
        : outcome.RequireDelegation ? "delegation_token_missing"
        : outcome.Broker.Required ? "broker_credential_required"
        : null;
}
