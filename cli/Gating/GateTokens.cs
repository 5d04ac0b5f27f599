using Gateway.Evidence.Signing;
using Gateway.Gait.Approvals;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>The tokens that are shown with an intent, and the keys that they may be signed with.</summary>
internal sealed record GateTokens(
    IReadOnlyList<byte[]> Approvals,
    IReadOnlyList<Ed25519PublicKey> ApprovalKeys,
    IReadOnlyList<byte[]> Delegations,
    IReadOnlyList<Ed25519PublicKey> DelegationKeys
)
{
    public static GateTokens None { get; } = new([], [], [], []);

    /// <param name="now">The clock's: no other moment makes an approval good.</param>
    public TokenChecks Check(RuleIntent intent, Sha256Digest policy, DateTimeOffset now)
    {
        var subject = TokenSubject.FromIntent(intent, policy);

        // The same token twice is one approval.
        ApprovalToken[] approvals =
        [
            .. Approvals
                .Select(token => ApprovalToken.Check(token, ApprovalKeys, subject, now))
                .DistinctBy(token => (token.Id, token.Code)),
        ];
        DelegationToken[] delegations =
        [
            .. Delegations
                .Select(token => DelegationToken.Check(token, DelegationKeys, subject, now))
                .DistinctBy(token => (token.Id, token.Code)),
        ];
        return new TokenChecks(
            approvals,
            delegations,
            intent.Delegation is { } delegation && DelegationToken.Prove(delegation, delegations)
        );
    }
}
