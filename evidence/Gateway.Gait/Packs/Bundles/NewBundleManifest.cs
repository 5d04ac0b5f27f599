using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>The manifest of a bundle that is being made, unsigned.</summary>
internal static class NewBundleManifest
{
    public static JsonObject Build(BundleSubject subject, IReadOnlyList<BundleFile> files, string producerVersion)
    {
        var contents = Contents(files);
        var run = subject.Run;
        var manifest = new JsonObject
        {
            ["schema_id"] = BundleManifest.SchemaId,
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = run.Run.Text("created_at"),
            ["producer_version"] = producerVersion,
            ["pack_id"] = BundleManifest.PackId(run.RunId, contents),
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

    private static JsonArray Contents(IReadOnlyList<BundleFile> files) =>
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
}
