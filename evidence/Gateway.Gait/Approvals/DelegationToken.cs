using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Approvals;

/// <summary>
/// One hand-over, signed: <c>gait.gate.delegation_token</c> 1.0.0. One that names an intent or a policy is for that one only.
/// </summary>
/// <param name="Code">What is wrong; empty where it counts.</param>
public sealed record DelegationToken(string Id, string Delegator, string Delegate, string Code)
{
    public const string SchemaId = "gait.gate.delegation_token";
    internal const string Prefix = "delegation_token";

    private static readonly ArtifactShape Shape = ArtifactShape.Record(
        SchemaId,
        new("token_id", FieldKind.Word, true),
        new("delegator_identity", FieldKind.Word, true),
        new("delegate_identity", FieldKind.Word, true),
        new("scope", FieldKind.Texts, true),
        new("scope_class", FieldKind.Text, false),
        new("intent_digest", FieldKind.Text, false),
        new("policy_digest", FieldKind.Text, false),
        new("expires_at", FieldKind.Time, true),
        new("signature", FieldKind.Object, false)
    );

    public bool Counts => Code.Length == 0;

    /// <summary>Never throws for any bytes.</summary>
    public static DelegationToken Check(
        ReadOnlySpan<byte> json,
        IReadOnlyList<Ed25519PublicKey> keys,
        TokenSubject subject,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(subject);
        return TokenFile.TryRead(json, Shape, Prefix, keys, out var token, out _, out var code)
            ? Of(token, DelegationBounds.Problem(token, subject, now))
            : Of(token ?? [], code);
    }

    /// <summary>
    /// Whether every hand-over of the intent's delegation has a token that counts. Without a chain there is one: to the requester.
    /// </summary>
    public static bool Prove(IntentDelegation delegation, IReadOnlyList<DelegationToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(delegation);
        return delegation.Chain.Count > 0
            ? delegation.Chain.All(link => tokens.Any(token => DelegationBounds.IsOf(token, link)))
            : tokens.Any(token => token.Counts && token.Delegate == delegation.Requester);
    }

    private static DelegationToken Of(JsonObject token, string code) =>
        new(token.Text("token_id"), token.Text("delegator_identity"), token.Text("delegate_identity"), code);
}
