using Gateway.Gait.Approvals;
using Gateway.Gait.Gating;

namespace Gateway.Cli.Gating;

/// <summary>What the tokens came to.</summary>
internal sealed record TokenChecks(
    IReadOnlyList<ApprovalToken> Approvals,
    IReadOnlyList<DelegationToken> Delegations,
    bool DelegationProven
)
{
    public static TokenChecks Nothing { get; } = new([], [], false);

    /// <summary>People are told apart by name and by key: two names under one key may be one person.</summary>
    public GateProofs Facts
    {
        get
        {
            var good = Approvals.Where(token => token.Counts).ToList();
            return new GateProofs(
                good.Count,
                Math.Min(
                    good.DistinctBy(token => token.Approver, StringComparer.OrdinalIgnoreCase).Count(),
                    good.DistinctBy(token => token.KeyId).Count()
                ),
                DelegationProven
            )
            {
                ApprovalProblems = [.. Approvals.Where(token => !token.Counts).Select(token => token.Code)],
                DelegationProblems = [.. Delegations.Where(token => !token.Counts).Select(token => token.Code)],
                DelegationsShown = Delegations.Count,
            };
        }
    }
}
