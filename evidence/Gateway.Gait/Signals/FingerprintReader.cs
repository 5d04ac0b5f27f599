using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Signals;

/// <summary>Reads a run's fingerprint out of its pack, its traces and its tests.</summary>
internal static class FingerprintReader
{
    private const int SystemLength = 48;

    public static RunFingerprint Read(SignalInput input)
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
            Reasons = Distinct(FailureReasons.Of(input)),
            RefDigests = Distinct(receipts.Select(receipt => ArtifactJson.Digest(receipt).ToString())),
        };
    }

    private static string System(JsonObject receipt)
    {
        var system = $"{receipt.Text("source_type")}:{receipt.Text("source_locator")}".Trim().ToLowerInvariant();
        return system.Length <= SystemLength ? system : system[..SystemLength];
    }

    private static List<string> Distinct(IEnumerable<string> texts) =>
        [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
