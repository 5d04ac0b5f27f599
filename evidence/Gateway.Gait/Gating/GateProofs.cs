namespace Gateway.Gait.Gating;

/// <summary>What was shown beside the intent, as whoever checks proofs found it. The zero value shows nothing.</summary>
/// <param name="ValidApprovals">How many valid approvals for exactly this intent and policy.</param>
/// <param name="DistinctApprovers">How many different people gave them.</param>
/// <param name="DelegationProven">Every link of the delegation has a valid token.</param>
/// <param name="CredentialIssued">The broker issued a credential as the rules ask.</param>
public readonly record struct GateProofs(
    int ValidApprovals = 0,
    int DistinctApprovers = 0,
    bool DelegationProven = false,
    bool CredentialIssued = false
)
{
    /// <summary>What is wrong with approvals that don't count; null for nothing.</summary>
    public IReadOnlyList<string>? ApprovalProblems { get; init; }

    /// <summary>What is wrong with delegation tokens that don't count; null for nothing.</summary>
    public IReadOnlyList<string>? DelegationProblems { get; init; }

    /// <summary>How many delegation tokens were shown, good or not.</summary>
    public int DelegationsShown { get; init; }
}
