namespace Gateway.Policy.Rules.Intents;

/// <summary>Who asks, from where and with what. Empty texts are unsaid.</summary>
public sealed record IntentContext
{
    public required string Identity { get; init; }

    /// <summary>With <c>/</c> as separator.</summary>
    public required string Workspace { get; init; }

    /// <summary>Lower case. Free text: see <see cref="Rules.RiskClasses"/> for what an unknown word means.</summary>
    public required string RiskClass { get; init; }

    /// <summary><c>plan</c> or <c>apply</c>.</summary>
    public string Phase { get; init; } = "apply";
    public string AgentId { get; init; } = "";
    public AgentIdentity? Agent { get; init; }
    public string RunId { get; init; } = "";
    public string WorkflowId { get; init; } = "";
    public string Repo { get; init; } = "";
    public string Environment { get; init; } = "";
    public string JobId { get; init; } = "";
    public string SessionId { get; init; } = "";
    public string RequestId { get; init; } = "";
    public CredentialClaim Credential { get; init; } = new();
    public string ApprovalRef { get; init; } = "";
    public string WrkrInventoryRef { get; init; } = "";
    public string AgentActionBomRef { get; init; } = "";

    /// <summary>A JSON object in canonical form; empty for none.</summary>
    public ReadOnlyMemory<byte> AuthContext { get; init; }
    public SandboxMetadata? Sandbox { get; init; }
    public string EnvironmentFingerprint { get; init; } = "";
    public ContextClaim Evidence { get; init; } = new();
    public ContractClaim Contract { get; init; } = new();

    /// <summary>What the inventory, or else the authentication context, says about the tool; rules match on it.</summary>
    public ToolMetadata Tool { get; init; } = new();
}

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
