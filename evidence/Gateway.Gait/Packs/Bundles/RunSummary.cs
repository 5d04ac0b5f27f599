using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Runs;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>What a bundle says of its run beside the run's own pack.</summary>
internal static class RunSummary
{
    public static JsonObject Of(Runpack run)
    {
        var inspection = RunInspection.Create(run);
        return new JsonObject
        {
            ["run_id"] = run.RunId,
            ["manifest_digest"] = run.ManifestDigest,
            ["capture_mode"] = run.Manifest.Text("capture_mode"),
            ["created_at"] = run.Run.Text("created_at"),
            ["intents_total"] = run.Intents.Count,
            ["results_total"] = run.Results.Count,
            ["entries"] = new JsonArray([
                .. inspection.Entries.Select(entry => new JsonObject
                {
                    ["intent_id"] = entry.IntentId,
                    ["tool_name"] = entry.ToolName,
                    ["status"] = entry.Status,
                    ["verdict"] = entry.Verdict,
                    ["reason_codes"] = entry.ReasonCodes.ToJson(),
                }),
            ]),
        };
    }

    public static JsonObject References(BundleSubject subject) =>
        new()
        {
            ["runpacks"] = new JsonArray(
                new JsonObject
                {
                    ["run_id"] = subject.Run.RunId,
                    ["path"] = $"runpack_{subject.Run.RunId}.zip",
                    ["manifest_digest"] = subject.Run.ManifestDigest,
                    ["sha256"] = Sha256Digest.Compute(subject.RunBytes.Span).ToString(),
                }
            ),
        };
}
