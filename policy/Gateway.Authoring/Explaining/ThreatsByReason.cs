using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>The ids of the threats that each reason answers, beside the one that the reason itself names.</summary>
internal static class ThreatsByReason
{
    public static string[] Of(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.ProviderCredentialsInRequest or ReasonCode.CredentialInAnswer => ["AML.T0055"],
            ReasonCode.InvalidSignature
            or ReasonCode.ReplayedNonce
            or ReasonCode.RevokedCredential
            or ReasonCode.IdentityMismatch
            or ReasonCode.BearerNotAllowed => ["AML.T0012"],
            ReasonCode.AgentUnregistered => ["ASI03"],
            ReasonCode.HumanOwnerMissing or ReasonCode.SecurityOwnerMissing or ReasonCode.AuditLoggingOff => ["ASI10"],
            ReasonCode.AtfLevelMissing or ReasonCode.AtfLevelUnbacked or ReasonCode.AtfBoundary => ["LLM06"],
            ReasonCode.ToolNotPermitted or ReasonCode.CapabilityUndeclared or ReasonCode.UnsupportedFeature => ["LLM06", "AML.T0053"],
            ReasonCode.PurposeMismatch => ["ASI01", "LLM06"],
            ReasonCode.TransactionUnreadable or ReasonCode.TransactionOverLimit or ReasonCode.CumulativeLimitReached =>
            [
                "LLM06",
                "AML.T0048",
            ],
            ReasonCode.HumanApprovalMissing or ReasonCode.ApprovalGateMissing or ReasonCode.ApprovalRequired => ["LLM06", "ASI09"],
            ReasonCode.DataFlowMissing => ["AML.T0057", "AML.T0086"],
            ReasonCode.PlaybookMissing => ["ASI08"],
            ReasonCode.RedTeamMissing => ["LLM01", "AML.T0051"],
            ReasonCode.OpenFinding => ["ASI10"],
            ReasonCode.RateLimited or ReasonCode.ConcurrencyLimited => ["LLM10", "AML.T0029"],
            ReasonCode.BudgetExhausted => ["AML.T0034"],
            _ => [],
        };
}
