using Gateway.Evidence.Artifacts;

namespace Gateway.Evidence.Approvals;

/// <summary>An approval of one intent under one policy, as <c>schemas/v1/gate/approval_token</c> of Gait has it (version 1.0.0).</summary>
internal static class ApprovalShape
{
    public const string SchemaId = "gait.gate.approval_token";

    public static readonly ArtifactShape Token = ArtifactShape.Record(
        SchemaId,
        new("token_id", FieldKind.Word, true),
        new("approver_identity", FieldKind.Word, true),
        new("reason_code", FieldKind.Word, true),
        new("intent_digest", FieldKind.Digest, true),
        new("policy_digest", FieldKind.Digest, true),
        new("delegation_binding_digest", FieldKind.Digest, false),
        new("scope", FieldKind.Texts, true),
        new("max_targets", FieldKind.Count, false),
        new("max_ops", FieldKind.Count, false),
        new("expires_at", FieldKind.Time, true),
        new("signature", FieldKind.Object, false));
}
