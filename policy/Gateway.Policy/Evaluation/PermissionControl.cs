using Gateway.Policy.Actions;
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

        var terms = JudgeTerms(action, permission, facts, results);
        return terms.Reason != ReasonCode.None ? terms
            : permission.AuditLogging
                ? (
                    ReasonCode.None,
                    permission.HumanApproval ? "audit_logging=yes human_approval=yes" : "audit_logging=yes human_approval=no"
                )
            : (ReasonCode.AuditLoggingOff, "audit_logging=no");
    }

    /// <summary>
    /// The first term of what the agent was approved for that doesn't hold: its capabilities, its purposes, its hours, the amount of the
    /// transaction. <see cref="ReasonCode.None"/> when all do.
    /// </summary>
    private static (ReasonCode Reason, string Inputs) JudgeTerms(
        in ActionProfile action,
        ToolPermission permission,
        Facts facts,
        ControlResults results
    )
    {
        var agent = action.Dossier.Agent;
        var operation = action.Operation!;
        if (agent.Capabilities is { } manifest && !manifest.Has(action.Intent.Connector, operation))
        {
            return (ReasonCode.CapabilityUndeclared, "capability=undeclared");
        }

        if (operation.Purposes.Count > 0 && !Shares(agent.Purposes, operation.Purposes))
        {
            return (ReasonCode.PurposeMismatch, "purpose=other");
        }

        if (agent.Hours?.Contains(facts.Now) == false || permission.Hours?.Contains(facts.Now) == false)
        {
            return (ReasonCode.OutsideHours, "hours=outside");
        }

        var reason = JudgeAmount(operation.Transaction, action.Intent, results);
        reason = reason == ReasonCode.None ? JudgeAmount(permission.Transaction, action.Intent, results) : reason;
        return (reason, reason == ReasonCode.TransactionOverLimit ? "amount=over" : "amount=unreadable");
    }

    private static ReasonCode JudgeAmount(TransactionLimit? limit, Intent intent, ControlResults results)
    {
        if (limit is null)
        {
            return ReasonCode.None;
        }

        if (intent.Known is { } known && !ActionReads.PathsOf(limit).All(known.Covers))
        {
            results.Undetermined = true;
            return ReasonCode.TransactionUnreadable;
        }

        return !TransactionAmount.TryRead(limit, intent.Arguments.Span, out var amount) ? ReasonCode.TransactionUnreadable
            : amount > limit.Max ? ReasonCode.TransactionOverLimit
            : ReasonCode.None;
    }

    private static bool Shares(IReadOnlyList<string> declared, IReadOnlyList<string> served)
    {
        for (var i = 0; i < declared.Count; i++)
        {
            for (var j = 0; j < served.Count; j++)
            {
                if (declared[i] == served[j])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
