using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

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
            Json("runpack_summary.json", "report", RunSummary.Of(run)),
            Json("referenced_runpacks.json", "report", RunSummary.References(subject)),
            Json("policy_digests.json", "report", FindingSummaries.Policies(subject)),
        ];
        Add(files, "trace_", "trace", subject.Traces.Select(trace => trace.Content));
        Add(files, "inventory_snapshot_", "evidence", subject.Inventories);
        Add(files, "approval_audit_", "evidence", subject.Approvals);
        Add(files, "credential_evidence_", "evidence", subject.Credentials);
        Add(files, "regress_result_", "report", subject.Regressions.Select(report => report.Content));
        files.Add(Json("trace_summary.json", "report", FindingSummaries.Traces(subject)));
        files.Add(Json("regress_summary.json", "report", FindingSummaries.Regressions(subject)));
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
}

/// <summary>A file that goes into a bundle as it is.</summary>
/// <param name="Name">Inside the bundle.</param>
/// <param name="Type"><c>runpack</c>, <c>trace</c>, <c>report</c> or <c>evidence</c>.</param>
public sealed record BundleFile(string Name, string Type, ReadOnlyMemory<byte> Content);
