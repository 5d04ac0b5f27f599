using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Approvals;

/// <summary>Whether a hand-over that is genuine is one of those that it is shown for; what is wrong first.</summary>
internal static class DelegationBounds
{
    private const string Everything = "*";

    public static string Problem(JsonObject token, TokenSubject subject, DateTimeOffset now) =>
        TokenFile.IsOver(token, now) ? DelegationToken.Prefix + "_expired"
        : !Covers(token, subject.Intent) ? DelegationToken.Prefix + "_scope_mismatch"
        : IsForAnother(token.Text("intent_digest"), subject.IntentDigest.ToString()) ? DelegationToken.Prefix + "_intent_mismatch"
        : IsForAnother(token.Text("policy_digest"), subject.PolicyDigest.ToString()) ? DelegationToken.Prefix + "_policy_mismatch"
        : subject.Intent.Delegation is not { } delegation || !Belongs(token, delegation) ? DelegationToken.Prefix + "_chain_mismatch"
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

    /// <summary>Whether a token counts and is of this hand-over.</summary>
    public static bool IsOf(DelegationToken token, DelegationLink link) =>
        token.Counts
        && token.Delegator == link.Delegator
        && token.Delegate == link.Delegate
        && (link.TokenRef.Length == 0 || link.TokenRef == token.Id);
}
