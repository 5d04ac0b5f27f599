using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>What a runpack has once, its manifest and its run, as <c>schemas/v1/runpack</c> of Gait has them (version 1.0.0).</summary>
internal static class RunShapes
{
    public static readonly ArtifactShape Manifest = ArtifactShape.Record(
        "gait.runpack.manifest",
        new("run_id", FieldKind.RunId, true),
        new("capture_mode", FieldKind.Text, true, null, "reference", "raw"),
        new(
            "files",
            FieldKind.Objects,
            true,
            new ArtifactShape(new ArtifactField("path", FieldKind.Word, true), new ArtifactField("sha256", FieldKind.Digest, true))
        ),
        new("manifest_digest", FieldKind.Digest, true),
        new("signatures", FieldKind.Objects, false)
    );

    public static readonly ArtifactShape Run = ArtifactShape.Record(
        "gait.runpack.run",
        new("run_id", FieldKind.RunId, true),
        new(
            "env",
            FieldKind.Object,
            true,
            new ArtifactShape(
                new ArtifactField("os", FieldKind.Text, true),
                new ArtifactField("arch", FieldKind.Text, true),
                new ArtifactField("runtime", FieldKind.Text, true)
            )
        ),
        new(
            "timeline",
            FieldKind.Objects,
            true,
            new ArtifactShape(
                new ArtifactField("event", FieldKind.Text, true),
                new ArtifactField("ts", FieldKind.Time, true),
                new ArtifactField("ref", FieldKind.Text, false),
                new ArtifactField("relationship", FieldKind.Object, false)
            )
        )
    );
}
