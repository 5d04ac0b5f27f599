using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>The records of a runpack's steps and references, as <c>schemas/v1/runpack</c> of Gait has them (version 1.0.0).</summary>
internal static class RunpackShapes
{
    public static readonly ArtifactShape Intent = ArtifactShape.Record(
        "gait.runpack.intent",
        new("run_id", FieldKind.RunId, true),
        new("intent_id", FieldKind.Word, true),
        new("tool_name", FieldKind.Word, true),
        new("args_digest", FieldKind.Digest, true),
        new("args", FieldKind.Object, false)
    );

    public static readonly ArtifactShape Result = ArtifactShape.Record(
        "gait.runpack.result",
        new("run_id", FieldKind.RunId, true),
        new("intent_id", FieldKind.Word, true),
        new("status", FieldKind.Word, true),
        new("result_digest", FieldKind.Digest, true),
        new("result", FieldKind.Object, false)
    );

    public static readonly ArtifactShape Refs = ArtifactShape.Record(
        "gait.runpack.refs",
        new("run_id", FieldKind.RunId, true),
        new("context_set_digest", FieldKind.Digest, false),
        new("context_evidence_mode", FieldKind.Text, false, null, "best_effort", "required"),
        new("context_ref_count", FieldKind.Count, false),
        new(
            "receipts",
            FieldKind.Objects,
            true,
            new ArtifactShape(
                new ArtifactField("ref_id", FieldKind.Text, true),
                new ArtifactField("source_type", FieldKind.Text, true),
                new ArtifactField("source_locator", FieldKind.Text, true),
                new ArtifactField("query_digest", FieldKind.Digest, true),
                new ArtifactField("content_digest", FieldKind.Digest, true),
                new ArtifactField("retrieved_at", FieldKind.Time, true),
                new ArtifactField("redaction_mode", FieldKind.Text, true),
                new ArtifactField("immutability", FieldKind.Text, false, null, "unknown", "mutable", "immutable"),
                new ArtifactField("freshness_sla_seconds", FieldKind.Count, false),
                new ArtifactField("sensitivity_label", FieldKind.Text, false),
                new ArtifactField("retrieval_params", FieldKind.Object, false)
            )
        )
    );
}
