using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Traces;

namespace Gateway.Gait.Signals;

/// <summary>
/// What makes two runs incidents of one kind: the tools in their order, what they reached, and why they failed. Names and times aren't part
/// of it.
/// </summary>
public sealed record RunFingerprint
{
    private const int SystemLength = 48;

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

    public static RunFingerprint Compute(SignalInput input)
    {
        var actions = input.Pack.Intents.Select(intent => intent.Text("tool_name")).ToList();
        var receipts = input.Pack.Refs.Objects("receipts").ToList();
        return new RunFingerprint
        {
            RunId = input.Pack.RunId,
            CreatedAt = input.Pack.Run.Text("created_at"),
            Source = input.Source,
            TraceCount = input.Traces.Count,
            RegressSeen = input.FailedGraders.Count > 0,
            Actions = actions,
            ToolClasses = Distinct(actions.Select(action => ToolClass.Classify(action).Name)),
            TargetSystems = Distinct(receipts.Select(System)),
            Reasons = Distinct(ReasonsOf(input)),
            RefDigests = Distinct(receipts.Select(receipt => ArtifactJson.Digest(receipt).ToString())),
        };
    }

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

    private static IEnumerable<string> ReasonsOf(SignalInput input)
    {
        foreach (
            var status in input
                .Pack.Results.Select(result => result.Text("status").ToLowerInvariant())
                .Where(status => status is not ("ok" or ""))
        )
        {
            yield return "result_status_" + status;
        }

        foreach (var trace in input.Traces)
        {
            var verified = new TraceVerification { Trace = trace };
            if (verified.Verdict is not ("allow" or ""))
            {
                yield return "trace_verdict_" + verified.Verdict;
            }

            foreach (var violation in trace.Texts("violations"))
            {
                yield return "violation_" + violation;
            }
        }

        foreach (var code in input.FailedGraders)
        {
            yield return code;
        }
    }

    private static string System(JsonObject receipt)
    {
        var system = $"{receipt.Text("source_type")}:{receipt.Text("source_locator")}".Trim().ToLowerInvariant();
        return system.Length <= SystemLength ? system : system[..SystemLength];
    }

    private static List<string> Distinct(IEnumerable<string> texts) =>
        [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>What kind of thing a tool does, told by its name.</summary>
/// <param name="Weight">From 1, reading, to 4, destroying.</param>
internal sealed record ToolClass(string Name, int Weight)
{
    private static readonly (ToolClass Class, string[] Words)[] Known =
    [
        (new("destructive", 4), ["delete", "drop", "destroy", "remove", "purge"]),
        (new("write", 3), ["write", "update", "save", "send", "export", "create"]),
        (new("read", 1), ["read", "list", "get", "search", "fetch"]),
    ];

    private static readonly ToolClass Execute = new("execute", 2);

    public static ToolClass Classify(string tool) =>
        Known.FirstOrDefault(known => known.Words.Any(word => tool.Contains(word, StringComparison.OrdinalIgnoreCase))).Class ?? Execute;
}
