using System.Text;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Intents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Traces;

/// <summary>
/// Writes a decision as a trace record, without its signature. The schema has no place for the reasons of a decision that isn't a script's,
/// so each decision stands among the steps as its own last step; and none for a chain but the record that one comes from.
/// </summary>
internal static class TraceRecord
{
    public const string DigestPrefix = "sha256:";
    private const string Epoch = "1980-01-01T00:00:00Z";
    private const int IdLength = 24;

    public static JsonObject Build(TraceSubject subject)
    {
        var verdict = RuleVerdicts.Word(subject.Verdict);
        var traceId = Id($"{subject.PolicyDigest}:{subject.IntentDigest}:{verdict}");
        var record = new JsonObject
        {
            ["schema_id"] = TraceShape.SchemaId,
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = subject.Intent is { CreatedAt.IsZero: false } dated ? dated.CreatedAt.ToString() : Epoch,
        };
        if (subject.ObservedAt is { } observed)
        {
            record["observed_at"] = Time(observed);
        }

        record["producer_version"] = subject.ProducerVersion;
        record["trace_id"] = traceId;
        if (subject.ObservedAt is { } at)
        {
            record["event_id"] = Id($"{traceId}:{Time(at)}");
        }

        record["tool_name"] = subject.ToolName;
        record["args_digest"] = subject.ArgsDigest.ToString();
        record["intent_digest"] = subject.IntentDigest.ToString();
        record["policy_digest"] = subject.PolicyDigest.ToString();
        WriteContext(record, subject);
        WriteRules(record, subject.Outcome);
        record["verdict"] = verdict;
        WriteSteps(record, subject, verdict);
        WriteKillSwitch(record, subject);
        if (subject.Previous is { } previous)
        {
            record["relationship"] = new JsonObject { ["parent_record_id"] = DigestPrefix + previous };
        }

        return record;
    }

    private static void WriteContext(JsonObject record, TraceSubject subject)
    {
        var context = subject.Intent?.Context;
        Write(record, "agent_id", context?.AgentId);
        Write(record, "run_id", subject.RunId.Length > 0 ? subject.RunId : context?.RunId);
        Write(record, "workflow_id", context?.WorkflowId);
        Write(record, "repo", context?.Repo);
        Write(record, "environment", context?.Environment);
        Write(record, "approval_ref", context?.ApprovalRef);
    }

    private static void WriteRules(JsonObject record, RuleOutcome outcome)
    {
        if (outcome.MatchedRules.Count > 0)
        {
            record["matched_rule_ids"] = outcome.MatchedRules.ToJson();
        }
    }

    private static void WriteSteps(JsonObject record, TraceSubject subject, string verdict)
    {
        var steps = new JsonArray();
        if (subject is { Outcome.Script: { } script, Intent: { IsScript: true } intent })
        {
            record["script"] = true;
            record["step_count"] = intent.Steps.Count;
            record["script_hash"] = IntentDigests.ScriptHash(intent).ToString();
            record["composite_risk_class"] = script.CompositeRiskClass;
            for (var i = 0; i < script.Steps.Count; i++)
            {
                var step = script.Steps[i];
                steps.Add(
                    Step(i, intent.Steps[i].ToolName, RuleVerdicts.Word(step.Verdict), step.ReasonCodes, step.Violations, step.MatchedRules)
                );
            }
        }

        steps.Add(Step(steps.Count, subject.ToolName, verdict, subject.ReasonCodes, subject.Violations, subject.Outcome.MatchedRules));
        record["step_verdicts"] = steps;
        if (subject.Violations.Count > 0)
        {
            record["violations"] = subject.Violations.ToJson();
        }
    }

    private static JsonObject Step(
        int index,
        string tool,
        string verdict,
        IReadOnlyList<string> reasons,
        IReadOnlyList<string> violations,
        IReadOnlyList<string> rules
    )
    {
        var step = new JsonObject
        {
            ["index"] = index,
            ["tool_name"] = tool,
            ["verdict"] = verdict,
        };
        if (reasons.Count > 0)
        {
            step["reason_codes"] = reasons.ToJson();
        }

        if (violations.Count > 0)
        {
            step["violations"] = violations.ToJson();
        }

        Write(step, "matched_rule", string.Join(',', rules));
        return step;
    }

    private static void WriteKillSwitch(JsonObject record, TraceSubject subject)
    {
        if (subject.Outcome.KillSwitch is not { } stop)
        {
            return;
        }

        var written = new JsonObject { ["status"] = stop.Status };
        if (stop.ReasonCodes.Count > 0)
        {
            written["reason_codes"] = stop.ReasonCodes.ToJson();
        }

        if (stop.EntryIds.Count > 0)
        {
            written["matched_entry_ids"] = stop.EntryIds.ToJson();
        }

        // Go's encoder writes a time that nobody set, and digests it.
        written["evaluated_at"] = subject.ObservedAt is { } at ? Time(at) : default(GoTime).ToString();
        record["kill_switch"] = written;
    }

    private static void Write(JsonObject record, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            record[name] = value;
        }
    }

    private static string Time(DateTimeOffset time) => new GoTime(time.UtcDateTime).ToString();

    private static string Id(string text) => Sha256Digest.Compute(Encoding.UTF8.GetBytes(text)).ToString()[..IdLength];
}
