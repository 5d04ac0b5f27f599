namespace Gateway.Policy.Model;

/// <summary>The ordered governance checks. The numbers are the ones in the documentation and in records.</summary>
public enum Control
{
    None = 0,
    AgentRegistration = 1,
    LifecycleStatus = 2,
    HumanOwner = 3,
    SecurityOwner = 4,
    AtfBoundary = 5,
    ToolPermission = 6,
    ApprovalGate = 7,
    DataMovement = 8,
    IncidentPlaybooks = 9,
    RisksAndFindings = 10,
    RedTeamValidation = 11,
}
