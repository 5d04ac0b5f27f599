using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Signals;

/// <summary>
/// What makes two runs incidents of one kind: the tools in their order, what they reached, and why they failed. Names and times aren't part
/// of it.
/// </summary>
public sealed record RunFingerprint
{
    public required string RunId { get; init; }
    public required string CreatedAt { get; init; }
    public required string Source { get; init; }
    public required int TraceCount { get; init; }
    public required bool RegressSeen { get; init; }
    public required IReadOnlyList<string> Actions { get; init; }
    public required IReadOnlyList<string> ToolClasses { get; init; }
    public required IReadOnlyList<string> TargetSystems { get; init; }
    public required IReadOnlyList<string> Reasons { get; init; }
    public required IReadOnlyList<string> RefDigests { get; init; }

    public string Fingerprint => ArtifactJson.Digest(Core()).ToString();

    public JsonObject ToJson(string producerVersion)
    {
        var json = Core();
        json["schema_id"] = "gait.scout.run_fingerprint";
        json["schema_version"] = ArtifactShape.Version;
        json["created_at"] = CreatedAt;
        json["producer_version"] = producerVersion;
        json["run_id"] = RunId;
        json["fingerprint"] = Fingerprint;
        json["source_runpack"] = Source;
        json["trace_count"] = TraceCount;
        json["regress_evidence_seen"] = RegressSeen;
        return json;
    }

    private JsonObject Core() =>
        new()
        {
            ["action_sequence"] = Actions.ToJson(),
            ["tool_classes"] = ToolClasses.ToJson(),
            ["target_systems"] = TargetSystems.ToJson(),
            ["reason_code_vector"] = Reasons.ToJson(),
            ["ref_receipt_digests"] = RefDigests.ToJson(),
        };
}
