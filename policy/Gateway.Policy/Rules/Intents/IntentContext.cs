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
