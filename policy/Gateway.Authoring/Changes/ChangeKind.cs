namespace Gateway.Authoring.Changes;

/// <summary>
/// Every kind of change that can be proposed; a closed list. In the order in which several are made: what makes a thing stands before what
/// changes it.
/// </summary>
public enum ChangeKind
{
    Unspecified = 0,
    RegisterAgent,
    ActivateAgent,
    AssignHumanOwner,
    AssignSecurityOwner,
    SignRequest,
    RegisterPermission,
    TurnOnHumanApproval,
    TurnOnAuditLogging,
    AllowBearerTools,
    DeclareCapability,
    DeclarePurpose,
    LimitTransaction,
    SetAmount,
    WaitUntil,
    CloseFindings,
    PassRedTeamTest,
    AddPlaybooks,
    LiftDemotion,
    RaiseLevel,
    DocumentDataFlow,
    CoverWithGate,
    RelaxRule,
    ObtainApproval,
}
