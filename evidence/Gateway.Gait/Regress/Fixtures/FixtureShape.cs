using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Regress.Fixtures;

/// <summary>The fields of a fixture's file.</summary>
internal static class FixtureShape
{
    public const string SchemaId = "gait.regress.fixture";

    public static readonly ArtifactShape Fields = new(
        new("schema_id", FieldKind.Text, true, null, SchemaId),
        new("schema_version", FieldKind.Text, true, null, ArtifactShape.Version),
        new("name", FieldKind.Word, true),
        new("run_id", FieldKind.RunId, true),
        new("runpack", FieldKind.Word, true),
        new("expected_replay_exit_code", FieldKind.Count, true),
        new("expected_tool_sequence", FieldKind.Texts, false),
        new("expected_verdict_sequence", FieldKind.Texts, false),
        new("candidate_runpack", FieldKind.Text, false),
        new("context_conformance", FieldKind.Text, false, null, "", "none", "required"),
        new("allow_context_runtime_drift", FieldKind.Flag, false),
        new("expected_context_set_digest", FieldKind.Text, false),
        new("manifest_digest", FieldKind.Digest, false),
        new("policy", FieldKind.Text, false),
        new(
            "policy_cases",
            FieldKind.Objects,
            false,
            new ArtifactShape(
                new ArtifactField("intent", FieldKind.Word, true),
                new ArtifactField("intent_digest", FieldKind.Text, true),
                new ArtifactField("expected_verdict", FieldKind.Text, true, null, "allow", "block", "dry_run", "require_approval"),
                new ArtifactField("expected_reason_codes", FieldKind.Texts, true)
            )
        )
    );
}
