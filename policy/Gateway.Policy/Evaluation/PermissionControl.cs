using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Control 6: the operation is registered for the agent, with audit logging on, and with human approval where it is critical; and what was
/// approved of the agent holds.
/// </summary>
internal static class PermissionControl
{
    public static PathEntry Check(in ActionProfile action, Facts facts, ControlResults results)
    {
        if (action.Permission is not { } permission)
        {
            var inputs =
                action.Connector is null ? "connector=unknown"
                : action.Operation is null ? "operation=unknown"
                : "permission=none";
            return new(Control.ToolPermission, CheckOutcome.Fail, ReasonCode.ToolNotPermitted, inputs, null);
        }

        results.ApprovalDemanded |= permission.HumanApproval;
        if (permission.DryRun || permission.MaxTokens is not null)
        {
            results.Obligations = new Obligations(DryRun: permission.DryRun, MaxTokens: permission.MaxTokens);
        }

        var (reason, text) = Judge(action, permission, facts, results);
        var outcome = reason == ReasonCode.None ? CheckOutcome.Pass : CheckOutcome.Fail;
        return new(Control.ToolPermission, outcome, reason, text, permission.Source);
    }

    private static (ReasonCode Reason, string Inputs) Judge(
        in ActionProfile action,
        ToolPermission permission,
        Facts facts,
        ControlResults results
    )
    {
        // Signed proves it for this request; a bearer is only as good as its keeping. A model call is what it is made for.
        if (action.Intent.Strength != AuthStrength.Signed && !action.IsModelCall && !action.Dossier.Agent.BearerTools)
        {
            return (ReasonCode.BearerNotAllowed, "strength=bearer bearer_tools=no");
        }

        if (action.Risk == RiskTier.Critical && !permission.HumanApproval)
        {
            return (ReasonCode.HumanApprovalMissing, "risk=critical human_approval=no");
        }

        var terms = PermissionTerms.Judge(action, permission, facts, results);
        return terms.Reason != ReasonCode.None ? terms
            : permission.AuditLogging
                ? (
                    ReasonCode.None,
                    permission.HumanApproval ? "audit_logging=yes human_approval=yes" : "audit_logging=yes human_approval=no"
                )
            : (ReasonCode.AuditLoggingOff, "audit_logging=no");
    }
}
