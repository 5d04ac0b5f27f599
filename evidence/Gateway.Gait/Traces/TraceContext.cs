using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Traces;

/// <summary>What a trace record says of where a call was made, and of the emergency stops at the time.</summary>
internal static class TraceContext
{
    public static void Write(JsonObject record, TraceSubject subject)
    {
        var context = subject.Intent?.Context;
        record.AddIfText("agent_id", context?.AgentId);
        record.AddIfText("run_id", subject.RunId.Length > 0 ? subject.RunId : context?.RunId);
        record.AddIfText("workflow_id", context?.WorkflowId);
        record.AddIfText("repo", context?.Repo);
        record.AddIfText("environment", context?.Environment);
        record.AddIfText("approval_ref", context?.ApprovalRef);
    }

    public static void WriteKillSwitch(JsonObject record, TraceSubject subject)
    {
        if (subject.Outcome.KillSwitch is not { } stop)
        {
            return;
        }

        var written = new JsonObject { ["status"] = stop.Status };
        written.AddIfAny("reason_codes", stop.ReasonCodes);
        written.AddIfAny("matched_entry_ids", stop.EntryIds);

        // Go's encoder writes a time that nobody set, and digests it.
        written["evaluated_at"] = subject.ObservedAt is { } at ? TraceRecord.Time(at) : default(GoTime).ToString();
        record["kill_switch"] = written;
    }
}
