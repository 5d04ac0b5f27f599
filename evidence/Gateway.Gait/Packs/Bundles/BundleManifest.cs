using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>The manifest of a bundle (<c>gait.guard.pack_manifest</c> 1.0.0).</summary>
internal static class BundleManifest
{
    public const string Name = "pack_manifest.json";
    public const string SchemaId = "gait.guard.pack_manifest";
    private const int IdLength = 16;

    private static readonly string[] Types = ["runpack", "trace", "report", "evidence"];

    public static readonly ArtifactShape Shape = ArtifactShape.Record(
        SchemaId,
        new("pack_id", FieldKind.Word, true),
        new("run_id", FieldKind.RunId, true),
        new("generated_at", FieldKind.Time, true),
        new(
            "contents",
            FieldKind.Objects,
            true,
            new ArtifactShape(
                new ArtifactField("path", FieldKind.Word, true),
                new ArtifactField("sha256", FieldKind.Digest, true),
                new ArtifactField("type", FieldKind.Text, true, null, Types)
            )
        ),
        new("signatures", FieldKind.Objects, false)
    );

    public static JsonObject Build(BundleSubject subject, IReadOnlyList<BundleFile> files, string producerVersion)
    {
        var contents = Contents(files);
        var run = subject.Run;
        var manifest = new JsonObject
        {
            ["schema_id"] = SchemaId,
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = run.Run.Text("created_at"),
            ["producer_version"] = producerVersion,
            ["pack_id"] = PackId(run.RunId, contents),
            ["run_id"] = run.RunId,
            ["template_id"] = subject.Template,

            // The run's own time: the hour of packing would make each bundle another one.
            ["generated_at"] = run.Run.Text("created_at"),
            ["control_index"] = ControlTemplates.Index(subject.Template, files.Select(file => file.Name)),
            ["contents"] = contents,
        };
        if (subject.CaseId.Length > 0)
        {
            manifest["case_id"] = subject.CaseId;
        }

        if (subject.Window is { } window)
        {
            manifest["incident_window"] = new JsonObject
            {
                ["from"] = window.From,
                ["to"] = window.To,
                ["window_seconds"] = window.Seconds,
                ["selection_anchor"] = run.RunId,
            };
        }

        return manifest;
    }

    public static JsonArray Contents(IReadOnlyList<BundleFile> files) =>
        [
            .. files
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new JsonObject
                {
                    ["path"] = file.Name,
                    ["sha256"] = Sha256Digest.Compute(file.Content.Span).ToString(),
                    ["type"] = file.Type,
                }),
        ];

    public static string PackId(string runId, JsonNode contents) =>
        "pack_" + ArtifactJson.Digest(new JsonObject { ["run_id"] = runId, ["contents"] = contents.DeepClone() }).ToString()[..IdLength];

    /// <summary>What signatures are over.</summary>
    public static Sha256Digest Signed(JsonObject manifest) => ArtifactJson.DigestWithout(manifest, "signatures");
}
