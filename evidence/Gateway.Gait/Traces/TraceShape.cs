using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Traces;

/// <summary>
/// The record of one decision, as <c>schemas/v1/gate/trace_record</c> of Gait has it (version 1.0.0), as far as readers depend on it.
/// </summary>
internal static class TraceShape
{
    public const string SchemaId = "gait.gate.trace";

    public static readonly ArtifactShape Record = ArtifactShape.Record(
        SchemaId,
        new("trace_id", FieldKind.Word, true),
        new("tool_name", FieldKind.Word, true),
        new("args_digest", FieldKind.Digest, true),
        new("intent_digest", FieldKind.Digest, true),
        new("policy_digest", FieldKind.Digest, true),
        new("verdict", FieldKind.Text, true, null, "allow", "block", "dry_run", "require_approval"),
        new("observed_at", FieldKind.Time, false),
        new("event_id", FieldKind.Text, false),
        new("run_id", FieldKind.Text, false),
        new("violations", FieldKind.Texts, false),
        new("matched_rule_ids", FieldKind.Texts, false),
        new(
            "step_verdicts",
            FieldKind.Objects,
            false,
            new ArtifactShape(
                new ArtifactField("index", FieldKind.Count, true),
                new ArtifactField("tool_name", FieldKind.Text, true),
                new ArtifactField("verdict", FieldKind.Text, true),
                new ArtifactField("reason_codes", FieldKind.Texts, false),
                new ArtifactField("violations", FieldKind.Texts, false),
                new ArtifactField("matched_rule", FieldKind.Text, false)
            )
        ),
        new("relationship", FieldKind.Object, false),
        new("signature", FieldKind.Object, false)
    );
}
