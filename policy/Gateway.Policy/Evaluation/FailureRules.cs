using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>What each failure does to a decision. In the order of importance: the first that failed is the first reason given.</summary>
public static class FailureRules
{
    /// <summary>A failed control never ends in a plain allow, whatever the action: no row has an effect that would.</summary>
    public static IReadOnlyList<FailureRule> All { get; } =
    [
        new(
            Control.AgentRegistration,
            ReasonCode.AgentUnregistered,
            FailureEffect.Stop,
            Severity.Critical,
            false,
            "Nobody answers for it."
        ),
        new(Control.LifecycleStatus, ReasonCode.AgentNotActive, FailureEffect.Stop, Severity.High, false, "Only an active agent acts."),
        Blocks(Control.AtfBoundary, ReasonCode.AtfLevelMissing, "Without a level there is no boundary to be inside of."),
        Blocks(Control.AtfBoundary, ReasonCode.AtfLevelUnbacked, "What backs the level is missing, or the agent was demoted."),
        Blocks(Control.ToolPermission, ReasonCode.ToolNotPermitted, "What isn't granted is refused."),
        Blocks(Control.ToolPermission, ReasonCode.BearerNotAllowed, "A bearer key can be copied and replayed."),
        Blocks(Control.AtfBoundary, ReasonCode.AtfBoundary, "The level is a ceiling; no approval lifts it."),
        Blocks(
            Control.ToolPermission,
            ReasonCode.HumanApprovalMissing,
            "A critical operation is registered without the approval that it needs."
        ),
        Blocks(Control.ToolPermission, ReasonCode.CapabilityUndeclared, "Nobody approved the agent for it."),
        Blocks(Control.ToolPermission, ReasonCode.PurposeMismatch, "The agent is there for something else."),
        new(Control.ToolPermission, ReasonCode.OutsideHours, FailureEffect.Block, Severity.Medium, false, "Nobody expects it to act now."),
        Blocks(Control.ToolPermission, ReasonCode.TransactionUnreadable, "An amount that can't be read has no limit."),
        Blocks(Control.ToolPermission, ReasonCode.TransactionOverLimit, "The limit is for every single action; no approval lifts it."),
        Blocks(
            Control.ToolPermission,
            ReasonCode.AuditLoggingOff,
            "What isn't recorded doesn't happen, and no approval replaces the record."
        ),
        Blocks(Control.ApprovalGate, ReasonCode.ApprovalGateMissing, "Nobody could approve it."),
        Gap(Control.RisksAndFindings, ReasonCode.OpenFinding, Severity.High, "Somebody must look at the finding before the agent goes on."),
        Gap(
            Control.DataMovement,
            ReasonCode.DataFlowMissing,
            Severity.High,
            "Customer or regulated data would move without a documented flow.",
            escalates: true
        ),
        Gap(
            Control.SecurityOwner,
            ReasonCode.SecurityOwnerMissing,
            Severity.Medium,
            "Nobody answers for its security; the approver does, for this once.",
            escalates: true
        ),
        Gap(Control.HumanOwner, ReasonCode.HumanOwnerMissing, Severity.Medium, "Nobody answers for it; the approver does, for this once."),
        Gap(Control.RedTeamValidation, ReasonCode.RedTeamMissing, Severity.Medium, "Nobody has tried to break it."),
        Gap(Control.IncidentPlaybooks, ReasonCode.PlaybookMissing, Severity.Medium, "Nobody has rehearsed what to do when it goes wrong."),
    ];

    /// <summary>A failure that the table doesn't know, or a path that isn't whole, is a fault of Gateway's own: it blocks.</summary>
    public static FailureRule Unknown { get; } =
        new(Control.None, ReasonCode.InternalError, FailureEffect.Block, Severity.Critical, true, "Gateway itself is at fault.");

    /// <summary>The table as the documentation shows it.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder(
            "| control | failure | decision | severity | with an open critical finding | because |\n| --- | --- | --- | --- | --- | --- |\n"
        );
        foreach (var rule in All)
        {
            var escalated = rule.Escalates ? "block, incident" : "no change";
            text.Append(
                null,
                $"| {(int)rule.Control} | `{Reasons.Of(rule.Reason).Code}` | {Words(rule.Effect)} "
                    + $"| {Vocabulary.Severity.Text(rule.Severity)} | {escalated} | {rule.Because} |\n"
            );
        }

        return text.ToString();
    }

    /// <summary>A critical failure that no approval makes good.</summary>
    private static FailureRule Blocks(Control control, ReasonCode reason, string because) =>
        new(control, reason, FailureEffect.Block, Severity.High, Escalates: true, because);

    /// <summary>A gap that a named human may approve over.</summary>
    private static FailureRule Gap(Control control, ReasonCode reason, Severity severity, string because, bool escalates = false) =>
        new(control, reason, FailureEffect.ApprovalOrBlock, severity, escalates, because);

    private static string Words(FailureEffect effect) =>
        effect switch
        {
            FailureEffect.Stop => "block at once",
            FailureEffect.Block => "block",
            FailureEffect.ApprovalOrBlock => "require_approval; block when no gate covers it",
        };
}
