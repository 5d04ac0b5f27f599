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

    public static string PackId(string runId, JsonNode contents) =>
        "pack_" + ArtifactJson.Digest(new JsonObject { ["run_id"] = runId, ["contents"] = contents.DeepClone() }).ToString()[..IdLength];

    /// <summary>What signatures are over.</summary>
    public static Sha256Digest Signed(JsonObject manifest) => ArtifactJson.DigestWithout(manifest, "signatures");
}
