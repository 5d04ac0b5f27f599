namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// What the caller says about the context that it gathered. Only a verified envelope counts; the claim alone is dropped before judging.
/// </summary>
public sealed record ContextClaim
{
    public string SetDigest { get; init; } = "";
    public string Mode { get; init; } = "";
    public IReadOnlyList<string> Refs { get; init; } = [];

    /// <summary>Seconds; null when unsaid.</summary>
    public long? AgeSeconds { get; init; }
}

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

/// <summary>The credential that the action will use: never the secret, only where it comes from and what it is bound to.</summary>
public sealed record CredentialClaim
{
    public string Ref { get; init; } = "";
    public string Source { get; init; } = "";
    public string AccessType { get; init; } = "";
    public string Issuer { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Owner { get; init; } = "";
    public string TargetBinding { get; init; } = "";
    public string RunBinding { get; init; } = "";
    public string JobBinding { get; init; } = "";

    /// <value>Seconds; 0 when unsaid.</value>
    public long TtlSeconds { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];
}

/// <summary>What an inventory knows about a tool. Lower case; empty when unsaid.</summary>
public sealed record ToolMetadata(string ToolName = "", string DataClass = "", string EndpointClass = "", string AutonomyLevel = "");
