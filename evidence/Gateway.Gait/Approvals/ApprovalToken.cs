using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Approvals;

/// <summary>
/// A person's approval of one intent under one policy: <c>gait.gate.approval_token</c> 1.0.0. It is checked in the order that Gait checks
/// it; the code of the first thing that is wrong says what. Good once only: whoever takes it must see to that (<see cref="UsedTokens"/>).
/// </summary>
/// <param name="Id">Names the token.</param>
/// <param name="KeyId">Of the key that signed it; two approvals by one key are one person's.</param>
/// <param name="Code">What is wrong; empty where it counts.</param>
public sealed record ApprovalToken(string Id, string Approver, string KeyId, string Code)
{
    public const string SchemaId = "gait.gate.approval_token";
    internal const string Prefix = "approval_token";

    private static readonly ArtifactShape Shape = ArtifactShape.Record(
        SchemaId,
        new("token_id", FieldKind.Word, true),
        new("approver_identity", FieldKind.Word, true),
        new("reason_code", FieldKind.Word, true),
        new("intent_digest", FieldKind.Digest, true),
        new("policy_digest", FieldKind.Digest, true),
        new("delegation_binding_digest", FieldKind.Text, false),
        new("scope", FieldKind.Texts, true),
        new("max_targets", FieldKind.Count, false),
        new("max_ops", FieldKind.Count, false),
        new("expires_at", FieldKind.Time, true),
        new("signature", FieldKind.Object, false)
    );

    public bool Counts => Code.Length == 0;

    /// <summary>Never throws for any bytes.</summary>
    /// <param name="keys">Any of them may have signed.</param>
    public static ApprovalToken Check(
        ReadOnlySpan<byte> json,
        IReadOnlyList<Ed25519PublicKey> keys,
        TokenSubject subject,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(subject);
        return TokenFile.TryRead(json, Shape, Prefix, keys, out var token, out var key, out var code)
            ? new ApprovalToken(
                token.Text("token_id"),
                token.Text("approver_identity"),
                key.KeyId,
                ApprovalBounds.Problem(token, subject, now)
            )
            : new ApprovalToken(token?.Text("token_id") ?? "", token?.Text("approver_identity") ?? "", "", code);
    }
}
