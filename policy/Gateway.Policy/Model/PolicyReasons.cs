namespace Gateway.Policy.Model;

/// <summary>Why governance says no: the controls, the rules and what they demand.</summary>
internal static class PolicyReasons
{
    public static Dictionary<ReasonCode, Reason> All { get; } =
        new()
        {
            [ReasonCode.AgentUnregistered] = new(
                "agent_unregistered",
                403,
                "The agent is not registered.",
                "Register the agent with an Agent document.",
                "ASI10"
            ),
            [ReasonCode.AgentNotActive] = new(
                "agent_not_active",
                403,
                "The agent is not active.",
                "Activate the agent; a suspended one must be formally reactivated.",
                "ASI10"
            ),
            [ReasonCode.HumanOwnerMissing] = new(
                "human_owner_missing",
                403,
                "The agent has no human owner.",
                "Name a person in the agent's owners.human."
            ),
            [ReasonCode.SecurityOwnerMissing] = new(
                "security_owner_missing",
                403,
                "The agent has no security owner.",
                "Name a person in the agent's owners.security."
            ),
            [ReasonCode.AtfLevelMissing] = new("atf_level_missing", 403, "The agent has no ATF level.", "Assign the agent's level."),
            [ReasonCode.AtfLevelUnbacked] = new(
                "atf_level_unbacked",
                403,
                "The agent's ATF level is not backed, and no lower one is.",
                "Give the agent what its profile asks for, or lift its demotion.",
                "ASI10"
            ),
            [ReasonCode.AtfBoundary] = new(
                "atf_boundary",
                403,
                "The action is outside the boundary of the agent's ATF level.",
                "Use an agent of a higher level, or promote this one.",
                "ASI02"
            ),
            [ReasonCode.ToolNotPermitted] = new(
                "tool_not_permitted",
                403,
                "The agent has no permission for this operation.",
                "Grant it with a ToolPermission document.",
                "ASI02"
            ),
            [ReasonCode.CapabilityUndeclared] = new(
                "capability_undeclared",
                403,
                "The agent was not approved for this operation.",
                "Add it to the agent's capabilities, with its approval.",
                "ASI02"
            ),
            [ReasonCode.PurposeMismatch] = new(
                "purpose_mismatch",
                403,
                "The operation does not serve any purpose of the agent.",
                "Declare the purpose, or use an agent that has it.",
                "ASI02"
            ),
            [ReasonCode.OutsideHours] = new(
                "outside_hours",
                403,
                "The action is outside its hours.",
                "Try again within the hours of the agent and the permission."
            ),
            [ReasonCode.TransactionUnreadable] = new(
                "transaction_unreadable",
                403,
                "The amount or currency of the transaction could not be read from the arguments.",
                "Give the amount as a plain number and the currency, once each, where the operation says.",
                "ASI02"
            ),
            [ReasonCode.TransactionOverLimit] = new(
                "transaction_over_limit",
                403,
                "The amount is over the limit for one transaction.",
                "Ask for less, or have the limit raised.",
                "ASI02"
            ),
            [ReasonCode.AuditLoggingOff] = new(
                "audit_logging_off",
                403,
                "The permission has audit logging off.",
                "Turn on auditLogging in the permission."
            ),
            [ReasonCode.HumanApprovalMissing] = new(
                "human_approval_missing",
                403,
                "A critical operation must require human approval.",
                "Turn on humanApproval in the permission.",
                "ASI02"
            ),
            [ReasonCode.ApprovalGateMissing] = new(
                "approval_gate_missing",
                403,
                "No active approval gate covers the action.",
                "Add an ApprovalGate that matches it.",
                "ASI02"
            ),
            [ReasonCode.ApprovalRequired] = new(
                "approval_required",
                403,
                "A named human must approve the action first.",
                "Ask one of the approver groups."
            ),
            [ReasonCode.DataFlowMissing] = new(
                "data_flow_missing",
                403,
                "No documented data flow covers the data that would move.",
                "Document it with a DataFlow.",
                "LLM02"
            ),
            [ReasonCode.PlaybookMissing] = new(
                "playbook_missing",
                403,
                "A high-risk agent lacks an incident playbook.",
                "Add the missing Playbook documents, each with an owner."
            ),
            [ReasonCode.OpenFinding] = new("open_finding", 403, "An open finding or risk stands against the agent.", "Close the finding."),
            [ReasonCode.RedTeamMissing] = new(
                "red_team_missing",
                403,
                "No passed red-team test is on record.",
                "Run one and record it with a RedTeamTest."
            ),
            [ReasonCode.BearerNotAllowed] = new(
                "bearer_not_allowed",
                403,
                "A bearer key does not open this door for the agent.",
                "Sign the request, or allow bearerTools for the agent.",
                "ASI03"
            ),
            [ReasonCode.PolicyRule] = new(
                "policy_rule",
                403,
                "A rule of the policy restricts the action.",
                "Ask for less, or have the rule changed; the decision's record names it."
            ),
            [ReasonCode.ObligationUnmet] = new(
                "obligation_unmet",
                403,
                "The action is only allowed in a form that it can't be given.",
                "Ask for less, or have the permission changed."
            ),
            [ReasonCode.NotSampled] = new(
                "not_sampled",
                403,
                "Only a share of such calls goes through, and this one is not in it.",
                "Do without it: the same call is answered alike each time."
            ),
            [ReasonCode.Killed] = new("killed", 403, "It was stopped.", "Ask the operator.", "ASI10"),
        };
}
