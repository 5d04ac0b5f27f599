namespace Gateway.Policy.Rules.Intents;

/// <summary>Which action contract the call belongs to. No rule looks at it; it is part of the digest.</summary>
public sealed record ContractClaim
{
    public string FamilyId { get; init; } = "";
    public string Id { get; init; } = "";
    public long Revision { get; init; }
    public string ProposalDigest { get; init; } = "";
    public string ActivationDigest { get; init; } = "";
    public string PolicyDigest { get; init; } = "";
    public string ApprovalTokenDigest { get; init; } = "";
    public string DelegationDigest { get; init; } = "";
    public string ExpectedOutcome { get; init; } = "";
    public IReadOnlyList<string> EffectScope { get; init; } = [];
    public IReadOnlyList<string> ContainmentScope { get; init; } = [];
}
