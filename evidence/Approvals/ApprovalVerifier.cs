using System.Text.Json.Nodes;
using Gateway.Evidence.Artifacts;
using Gateway.Evidence.Signing;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Evidence.Approvals;

/// <summary>Checks approval tokens: form, signature, what they are bound to, expiry, scope, in this order. Whether one was used already is <see cref="UsedApprovals"/>'.</summary>
public static class ApprovalVerifier
{
    /// <value>64 KiB.</value>
    public const int MaxBytes = 64 * 1024;

    private const string Everything = "*";

    /// <summary>Never throws on any bytes.</summary>
    /// <param name="keys">Of those who may approve; the token must be signed with one of them.</param>
    /// <param name="now">By the clock: a token can't be judged for another moment.</param>
    public static ApprovalCheck Check(ReadOnlySpan<byte> token, IReadOnlyList<Ed25519PublicKey> keys, ApprovalSubject subject, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(subject);
        if (token.Length > MaxBytes || !ArtifactJson.TryParse(token, out var json, out _) || ApprovalShape.Token.Check(json) is not null
            || json.Texts("scope").Count == 0 || json.Text("token_id") != IdOf(json))
        {
            return new ApprovalCheck("", "", "", "approval_token_invalid");
        }

        var key = KeyOf(json, keys, out var unsigned);
        return new ApprovalCheck(json.Text("token_id"), json.Text("approver_identity"), key?.KeyId ?? "", unsigned ?? Bound(json, subject, now));
    }

    private static Ed25519PublicKey? KeyOf(JsonObject token, IReadOnlyList<Ed25519PublicKey> keys, out string? error)
    {
        var digest = ArtifactJson.DigestWithout(token, "signature");
        var signature = token["signature"] as JsonObject;
        var found = keys.FirstOrDefault(key => ArtifactSignature.Check(signature, digest, key, "") is null);
        error = signature is null ? "approval_token_signature_missing" : found is null ? "approval_token_signature_invalid" : null;
        return found;
    }

    private static string? Bound(JsonObject token, ApprovalSubject subject, DateTimeOffset now) =>
        token.Text("intent_digest") != subject.Intent.ToString() ? "approval_token_intent_mismatch"
        : token.Text("policy_digest") != subject.Policy.ToString() ? "approval_token_policy_mismatch"

        // No delegation is proven where approvals are checked, so that one bound to it can't be right.
        : token.ContainsKey("delegation_binding_digest") ? "approval_token_delegation_binding_mismatch"
        : !GoTime.TryParse(token.Text("expires_at"), out var expires) || now.UtcDateTime >= expires.Utc ? "approval_token_expired"
        : !Covers(token.Texts("scope"), subject.Scope) ? "approval_token_scope_mismatch"
        : Exceeds(token, "max_targets", subject.Targets) ? "approval_token_max_targets_exceeded"
        : Exceeds(token, "max_ops", subject.Operations) ? "approval_token_max_ops_exceeded"
        : null;

    private static bool Covers(IReadOnlyList<string> approved, IReadOnlyList<string> asked) =>
        approved.Contains(Everything, StringComparer.Ordinal) || asked.All(one => approved.Contains(one, StringComparer.Ordinal));

    private static bool Exceeds(JsonObject token, string name, int actual) => Limit(token, name) is > 0 and var limit && actual > limit;

    private static long Limit(JsonObject token, string name) => token[name] is JsonValue value ? value.GetValue<long>() : 0;

    /// <summary>A token under another name could be used once more.</summary>
    private static string IdOf(JsonObject token) => ApprovalToken.IdOf(
        token.Text("intent_digest"), token.Text("policy_digest"), token.Text("approver_identity"), token.Text("reason_code"),
        string.Join(',', token.Texts("scope")), Limit(token, "max_targets"), Limit(token, "max_ops"),
        GoTime.TryParse(token.Text("expires_at"), out var expires) ? expires.ToString() : "");
}

/// <summary>What checking one token came to. Unset isn't valid.</summary>
/// <param name="TokenId">Empty where it can't be read.</param>
/// <param name="KeyId">Of the key that it is signed with; empty where none of the known ones is.</param>
/// <param name="Error">Null where the token is valid.</param>
public readonly record struct ApprovalCheck(string TokenId, string Approver, string KeyId, string? Error)
{
    public bool IsValid => Error is null && TokenId is { Length: > 0 };
}
