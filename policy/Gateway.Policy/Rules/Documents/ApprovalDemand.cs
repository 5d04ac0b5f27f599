namespace Gateway.Policy.Rules.Documents;

/// <summary>How many approvals a rule asks for.</summary>
/// <param name="Minimum">0 means one, where the verdict is require_approval.</param>
/// <param name="DistinctApprovers">Always so for more than one.</param>
public sealed record ApprovalDemand(int Minimum = 0, bool DistinctApprovers = false);
