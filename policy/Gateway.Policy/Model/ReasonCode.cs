namespace Gateway.Policy.Model;

/// <summary>
/// Every reason to refuse; a closed list. <see cref="Reasons"/> has each one's code, status, text and remedy. Numbers are stable: records
/// and tests hold the codes, never the numbers.
/// </summary>
public enum ReasonCode
{
    /// <summary>No reason: for a check that didn't fail. As a refusal's reason it means an internal error.</summary>
    None = 0,

    InternalError,

    MalformedRequest,
    AmbiguousRequest,
    UnknownField,
    ProviderCredentialsInRequest,
    UnsupportedFeature,

    MissingCredentials,
    InvalidSignature,
    ExpiredSignature,
    ReplayedNonce,
    UnknownKey,
    RevokedCredential,
    IdentityMismatch,

    AgentUnregistered,
    AgentNotActive,
    HumanOwnerMissing,
    SecurityOwnerMissing,
    AtfLevelMissing,
    AtfLevelUnbacked,
    AtfBoundary,
    ToolNotPermitted,
    CapabilityUndeclared,
    PurposeMismatch,
    OutsideHours,
    TransactionUnreadable,
    TransactionOverLimit,
    AuditLoggingOff,
    HumanApprovalMissing,
    ApprovalGateMissing,
    ApprovalRequired,
    DataFlowMissing,
    PlaybookMissing,
    OpenFinding,
    RedTeamMissing,
    BearerNotAllowed,
    PolicyRule,
    ObligationUnmet,
    NotSampled,
    Killed,

    UnknownDoor,
    UnknownConnector,
    UnknownOperation,
    UnknownModel,
    UnknownObject,
    UnknownReceipt,

    RequestTimeout,
    ApprovalAlreadyUsed,
    IdempotencyConflict,
    RequestTooLarge,
    UnsupportedMediaType,

    RateLimited,
    ConcurrencyLimited,
    BudgetExhausted,
    CumulativeLimitReached,

    UpstreamFailed,
    UpstreamRefusedType,
    ResponseTooLarge,
    CredentialInAnswer,
    OutcomeUnrecorded,
    UpstreamTimeout,
    UpstreamUnavailable,

    DependencyUnavailable,
    CredentialUnavailable,
    NotReady,
    EvidenceUnavailable,

    /// <summary>For the instance's sake, and not the agent's: it stops, or lost what it needs. The action may have been done.</summary>
    Interrupted,
}
