using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Governing;
using Gateway.Gait.Traces;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Serving;

/// <summary>What came of one tool call. Nothing was executed: whoever asked must not go on unless the verdict is <c>allow</c>.</summary>
public sealed record CallDecision(string Adapter, TraceSubject Subject, string TracePath, string TraceId, double LatencyMilliseconds)
{
    /// <summary>What the agent's governance says; null where none was asked.</summary>
    public GovernedVerdict? Governed { get; init; }

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
            json["mcp_trust"] = new JsonObject
            {
                ["status"] = trust.Status,
                ["enforced"] = trust.Enforced,
                ["reason_codes"] = trust.ReasonCodes.ToJson(),
            };
        }

        if (Governed is not null)
        {
            json["governance"] = Governed.ToJson();
        }

        return json;
    }

    public string RunId => Subject.RunId.Length > 0 ? Subject.RunId : Subject.Intent?.Context.RunId ?? "";

    /// <summary>
    /// What a command that judged it ends with: only an allow with 0, so that whoever looks at nothing but the exit code executes nothing
    /// else.
    /// </summary>
    public int ExitCode => ExitCodeOf(Subject.Verdict);

    public static int ExitCodeOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Allow => 0,
            Verdict.Degrade or Verdict.RequireApproval => 4,
            Verdict.Block => 3,
        };
}
