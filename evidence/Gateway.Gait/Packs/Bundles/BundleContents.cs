using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Runs;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>The files of a bundle, without its manifest: the evidence itself, and summaries of it.</summary>
internal static class BundleContents
{
    public static List<BundleFile> Build(BundleSubject subject)
    {
        var run = subject.Run;
        List<BundleFile> files =
        [
            new($"runpack_{run.RunId}.zip", "runpack", subject.RunBytes),
            Json("runpack_summary.json", "report", Summary(run)),
            Json("referenced_runpacks.json", "report", References(subject)),
            Json("policy_digests.json", "report", new JsonObject { ["policy_digests"] = Policies(subject) }),
        ];
        Add(files, "trace_", "trace", subject.Traces.Select(trace => trace.Content));
        Add(files, "inventory_snapshot_", "evidence", subject.Inventories);
        Add(files, "approval_audit_", "evidence", subject.Approvals);
        Add(files, "credential_evidence_", "evidence", subject.Credentials);
        Add(files, "regress_result_", "report", subject.Regressions.Select(report => report.Content));
        files.Add(Json("trace_summary.json", "report", new JsonObject { ["traces"] = new JsonArray([.. subject.Traces.Select(Trace)]) }));
        files.Add(
            Json(
                "regress_summary.json",
                "report",
                new JsonObject { ["regressions"] = new JsonArray([.. subject.Regressions.Select(report => Regression(report.Report))]) }
            )
        );
        return files;
    }

    public static BundleFile Json(string name, string type, JsonNode content) => new(name, type, ArtifactJson.Canonical(content));

    private static void Add(List<BundleFile> files, string prefix, string type, IEnumerable<ReadOnlyMemory<byte>> contents)
    {
        var number = 0;
        foreach (var content in contents)
        {
            files.Add(new BundleFile(prefix + (++number).ToString("D2", CultureInfo.InvariantCulture) + ".json", type, content));
        }
    }

    private static JsonObject Summary(Runpack run)
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

    private static JsonObject References(BundleSubject subject) =>
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

    private static JsonArray Policies(BundleSubject subject) =>
        subject
            .Traces.Select(trace => trace.Trace.Trace!.Text("policy_digest"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToJson();

    private static JsonObject Trace((Traces.TraceVerification Trace, ReadOnlyMemory<byte> Content) trace) =>
        new()
        {
            ["trace_id"] = trace.Trace.TraceId,
            ["verdict"] = trace.Trace.Verdict,
            ["reason_codes"] = trace.Trace.ReasonCodes.ToJson(),
            ["policy_digest"] = trace.Trace.Trace!.Text("policy_digest"),
            ["digest"] = trace.Trace.Digest.ToString(),
            ["signature_verified"] = trace.Trace.IsGood,
        };

    private static JsonObject Regression(JsonObject report) =>
        new()
        {
            ["fixture_set"] = report.Text("fixture_set"),
            ["status"] = report.Text("status"),
            ["failed"] = report
                .Objects("graders")
                .Where(grader => grader.Text("status") == "fail")
                .Select(grader => grader.Text("name"))
                .ToJson(),
        };
}

/// <summary>A file that goes into a bundle as it is.</summary>
/// <param name="Name">Inside the bundle.</param>
/// <param name="Type"><c>runpack</c>, <c>trace</c>, <c>report</c> or <c>evidence</c>.</param>
public sealed record BundleFile(string Name, string Type, ReadOnlyMemory<byte> Content);
