using System.Text.Json.Nodes;
using Gateway.Evidence.Approvals;
using Gateway.Evidence.Signing;
using Gateway.Policy.Rules.Gating;

namespace Gateway.Cli.Gating;

/// <summary>The approvals that were shown to <c>gate eval</c>, and whose they may be.</summary>
/// <param name="Tokens">Each token's bytes.</param>
/// <param name="Keys">Of the people who may approve, apart from every key that decisions are signed with.</param>
internal sealed record GateApprovals(IReadOnlyList<byte[]> Tokens, IReadOnlyList<Ed25519PublicKey> Keys, UsedApprovals Used)
{
    /// <exception cref="IOException">It can't be told whether one was used.</exception>
    public GateApprovalChecks Check(ApprovalSubject subject, DateTimeOffset now)
    {
        var checks = new List<ApprovalCheck>();
        foreach (var token in Tokens)
        {
            var check = ApprovalVerifier.Check(token, Keys, subject, now);
            checks.Add(!check.IsValid ? check
                : checks.Any(other => other.TokenId == check.TokenId) ? check with { Error = "approval_token_repeated" }
                : Used.IsUsed(check.TokenId) ? check with { Error = "approval_token_used" }
                : check);
        }

        return new GateApprovalChecks(checks);
    }

    /// <summary>Uses every valid one. False where one was used meanwhile: then the decision isn't approved.</summary>
    /// <exception cref="IOException">A use can't be noted.</exception>
    public bool TryUse(GateApprovalChecks checks, DateTimeOffset now) => checks.Valid.All(check => Used.TryUse(check.TokenId, now));
}

/// <summary>What checking them came to.</summary>
internal sealed record GateApprovalChecks(IReadOnlyList<ApprovalCheck> All)
{
    public IEnumerable<ApprovalCheck> Valid => All.Where(check => check.IsValid);

    /// <summary>One key is one person, whatever names its tokens give.</summary>
    public GateProofs Proofs => new(
        Valid.Count(),
        Math.Min(Valid.Select(check => check.KeyId).Distinct(StringComparer.Ordinal).Count(), Valid.Select(check => check.Approver).Distinct(StringComparer.Ordinal).Count()));

    public JsonArray ToJson() => new([.. All.Select(check => (JsonNode)new JsonObject
    {
        ["token_id"] = check.TokenId,
        ["approver_identity"] = check.Approver,
        ["valid"] = check.IsValid,
        ["error_code"] = check.Error ?? "",
    })]);
}
