using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Approvals;

/// <summary>Whether an approval that is genuine covers what it is shown for; what is wrong first, in the order of Gait.</summary>
internal static class ApprovalBounds
{
    private const string Everything = "*";

    public static string Problem(JsonObject token, TokenSubject subject, DateTimeOffset now) =>
        token.Text("intent_digest") != subject.IntentDigest.ToString() ? ApprovalToken.Prefix + "_intent_mismatch"
        : token.Text("policy_digest") != subject.PolicyDigest.ToString() ? ApprovalToken.Prefix + "_policy_mismatch"
        // How Gait computes the binding isn't published, so a token that has one can't be shown to belong here.
        : token.Text("delegation_binding_digest").Length > 0 ? ApprovalToken.Prefix + "_delegation_binding_mismatch"
        : TokenFile.IsOver(token, now) ? ApprovalToken.Prefix + "_expired"
        : !Covers(token.Texts("scope"), subject.ApprovalScope) ? ApprovalToken.Prefix + "_scope_mismatch"
        : Exceeds(token, "max_targets", subject.Targets) ? ApprovalToken.Prefix + "_max_targets_exceeded"
        : Exceeds(token, "max_ops", subject.Operations) ? ApprovalToken.Prefix + "_max_ops_exceeded"
        : "";

    private static bool Covers(IReadOnlyList<string> scope, IReadOnlyList<string> needed) =>
        scope.Contains(Everything, StringComparer.Ordinal) || needed.All(one => scope.Contains(one, StringComparer.OrdinalIgnoreCase));

    /// <summary>Gait writes 0 for no bound.</summary>
    private static bool Exceeds(JsonObject token, string name, int count) =>
        token[name] is JsonValue bound && bound.GetValue<long>() is > 0 and var most && count > most;
}
