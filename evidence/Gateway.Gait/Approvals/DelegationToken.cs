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
    private const string Prefix = "delegation_token";
    private const string Everything = "*";

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
            ? Of(token, Problem(token, subject, now))
            : Of(token ?? [], code);
    }

    /// <summary>
    /// Whether every hand-over of the intent's delegation has a token that counts. Without a chain there is one: to the requester.
    /// </summary>
    public static bool Prove(IntentDelegation delegation, IReadOnlyList<DelegationToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(delegation);
        return delegation.Chain.Count > 0
            ? delegation.Chain.All(link => tokens.Any(token => token.Proves(link)))
            : tokens.Any(token => token.Counts && token.Delegate == delegation.Requester);
    }

    private bool Proves(DelegationLink link) =>
        Counts && Delegator == link.Delegator && Delegate == link.Delegate && (link.TokenRef.Length == 0 || link.TokenRef == Id);

    private static DelegationToken Of(JsonObject token, string code) =>
        new(token.Text("token_id"), token.Text("delegator_identity"), token.Text("delegate_identity"), code);

    private static string Problem(JsonObject token, TokenSubject subject, DateTimeOffset now) =>
        TokenFile.IsOver(token, now) ? Prefix + "_expired"
        : !Covers(token, subject.Intent) ? Prefix + "_scope_mismatch"
        : IsForAnother(token.Text("intent_digest"), subject.IntentDigest.ToString()) ? Prefix + "_intent_mismatch"
        : IsForAnother(token.Text("policy_digest"), subject.PolicyDigest.ToString()) ? Prefix + "_policy_mismatch"
        : subject.Intent.Delegation is not { } delegation || !Belongs(token, delegation) ? Prefix + "_chain_mismatch"
        : "";

    /// <summary>The tool, and the class of what was handed over where both say one. Gait asks for one of the two.</summary>
    private static bool Covers(JsonObject token, RuleIntent intent)
    {
        var scope = token.Texts("scope");
        var (granted, claimed) = (token.Text("scope_class"), intent.Delegation?.ScopeClass ?? "");
        return (
                scope.Contains(Everything, StringComparer.Ordinal)
                || scope.Contains(TokenSubject.Tool(intent), StringComparer.OrdinalIgnoreCase)
            ) && (granted.Length == 0 || claimed.Length == 0 || string.Equals(granted, claimed, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsForAnother(string named, string actual) => named.Length > 0 && named != actual;

    private static bool Belongs(JsonObject token, IntentDelegation delegation) =>
        delegation.Chain.Count == 0
            ? token.Text("delegate_identity") == delegation.Requester
            : delegation.Chain.Any(link =>
                link.Delegator == token.Text("delegator_identity") && link.Delegate == token.Text("delegate_identity")
            );
}
