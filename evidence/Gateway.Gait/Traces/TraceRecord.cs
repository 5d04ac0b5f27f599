using System.Text;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
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
        var observed = subject.ObservedAt is { } at ? Time(at) : null;
        var record = new JsonObject
        {
            ["schema_id"] = TraceShape.SchemaId,
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = subject.Intent is { CreatedAt.IsZero: false } dated ? dated.CreatedAt.ToString() : Epoch,
        };
        record.AddIfText("observed_at", observed);
        record["producer_version"] = subject.ProducerVersion;
        record["trace_id"] = traceId;
        record.AddIfText("event_id", observed is null ? null : Id($"{traceId}:{observed}"));
        record["tool_name"] = subject.ToolName;
        record["args_digest"] = subject.ArgsDigest.ToString();
        record["intent_digest"] = subject.IntentDigest.ToString();
        record["policy_digest"] = subject.PolicyDigest.ToString();
        TraceContext.Write(record, subject);
        record.AddIfAny("matched_rule_ids", subject.Outcome.MatchedRules);
        record["verdict"] = verdict;
        TraceSteps.Write(record, subject, verdict);
        TraceContext.WriteKillSwitch(record, subject);
        if (subject.Previous is { } previous)
        {
            record["relationship"] = new JsonObject { ["parent_record_id"] = DigestPrefix + previous };
        }

        return record;
    }

    /// <summary>As Go's encoder writes it.</summary>
    internal static string Time(DateTimeOffset time) => new GoTime(time.UtcDateTime).ToString();

    private static string Id(string text) => Sha256Digest.Compute(Encoding.UTF8.GetBytes(text)).ToString()[..IdLength];
}
