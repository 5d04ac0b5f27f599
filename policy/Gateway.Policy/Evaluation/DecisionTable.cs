using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>From failed controls to the decision. In the order of importance: the first that failed is the first reason given.</summary>
public static class DecisionTable
{
    /// <summary>A failed control never ends in a plain allow, whatever the action: no row has an effect that would.</summary>
    public static IReadOnlyList<FailureRule> Rules { get; } =
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
        new(
            Control.AtfBoundary,
            ReasonCode.AtfLevelMissing,
            FailureEffect.Block,
            Severity.High,
            true,
            "Without a level there is no boundary to be inside of."
        ),
        new(
            Control.AtfBoundary,
            ReasonCode.AtfLevelUnbacked,
            FailureEffect.Block,
            Severity.High,
            true,
            "What backs the level is missing, or the agent was demoted."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.ToolNotPermitted,
            FailureEffect.Block,
            Severity.High,
            true,
            "What isn't granted is refused."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.BearerNotAllowed,
            FailureEffect.Block,
            Severity.High,
            true,
            "A bearer key can be copied and replayed."
        ),
        new(
            Control.AtfBoundary,
            ReasonCode.AtfBoundary,
            FailureEffect.Block,
            Severity.High,
            true,
            "The level is a ceiling; no approval lifts it."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.HumanApprovalMissing,
            FailureEffect.Block,
            Severity.High,
            true,
            "A critical operation is registered without the approval that it needs."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.CapabilityUndeclared,
            FailureEffect.Block,
            Severity.High,
            true,
            "Nobody approved the agent for it."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.PurposeMismatch,
            FailureEffect.Block,
            Severity.High,
            true,
            "The agent is there for something else."
        ),
        new(Control.ToolPermission, ReasonCode.OutsideHours, FailureEffect.Block, Severity.Medium, false, "Nobody expects it to act now."),
        new(
            Control.ToolPermission,
            ReasonCode.TransactionUnreadable,
            FailureEffect.Block,
            Severity.High,
            true,
            "An amount that can't be read has no limit."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.TransactionOverLimit,
            FailureEffect.Block,
            Severity.High,
            true,
            "The limit is for every single action; no approval lifts it."
        ),
        new(
            Control.ToolPermission,
            ReasonCode.AuditLoggingOff,
            FailureEffect.Block,
            Severity.High,
            true,
            "What isn't recorded doesn't happen, and no approval replaces the record."
        ),
        new(Control.ApprovalGate, ReasonCode.ApprovalGateMissing, FailureEffect.Block, Severity.High, true, "Nobody could approve it."),
        new(
            Control.RisksAndFindings,
            ReasonCode.OpenFinding,
            FailureEffect.ApprovalOrBlock,
            Severity.High,
            false,
            "Somebody must look at the finding before the agent goes on."
        ),
        new(
            Control.DataMovement,
            ReasonCode.DataFlowMissing,
            FailureEffect.ApprovalOrBlock,
            Severity.High,
            true,
            "Customer or regulated data would move without a documented flow."
        ),
        new(
            Control.SecurityOwner,
            ReasonCode.SecurityOwnerMissing,
            FailureEffect.ApprovalOrBlock,
            Severity.Medium,
            true,
            "Nobody answers for its security; the approver does, for this once."
        ),
        new(
            Control.HumanOwner,
            ReasonCode.HumanOwnerMissing,
            FailureEffect.ApprovalOrBlock,
            Severity.Medium,
            false,
            "Nobody answers for it; the approver does, for this once."
        ),
        new(
            Control.RedTeamValidation,
            ReasonCode.RedTeamMissing,
            FailureEffect.ApprovalOrBlock,
            Severity.Medium,
            false,
            "Nobody has tried to break it."
        ),
        new(
            Control.IncidentPlaybooks,
            ReasonCode.PlaybookMissing,
            FailureEffect.ApprovalOrBlock,
            Severity.Medium,
            false,
            "Nobody has rehearsed what to do when it goes wrong."
        ),
    ];

    // A failure that the table doesn't know, or a path that isn't whole, is a fault of Gateway's own: it blocks.
    private static readonly FailureRule Unknown = new(
        Control.None,
        ReasonCode.InternalError,
        FailureEffect.Block,
        Severity.Critical,
        true,
        "Gateway itself is at fault."
    );

    private static readonly List<FailureRule> NoneFailed = [];
    private static readonly ReasonCode[] RuleReason = [ReasonCode.PolicyRule];

    /// <summary>
    /// The decision for what the controls found. The strictest answer wins; each step can only be reached if all stricter ones don't apply.
    /// </summary>
    public static Decision Decide(ControlResults results)
    {
        var failed = results.AnyFailed || !results.IsWhole ? Failed(results) : NoneFailed;

        // 1 Critical failures while a critical finding is open: block, and open an incident.
        if (results.CriticalFinding && failed.Exists(rule => rule.Escalates))
        {
            return Block(results, failed, nobodyCouldApprove: false) with { Severity = Severity.Critical, OpensIncident = true };
        }

        // 2 A failure that no approval makes good, or a rule that blocks or wants less without saying what: block.
        if (failed.Exists(rule => rule.Effect != FailureEffect.ApprovalOrBlock) || results.RulesBlock)
        {
            return Block(results, failed, nobodyCouldApprove: false);
        }

        // 3 An approval is demanded (by a control or a rule), or would make the gaps good: a named human decides; where no gate says who,
        // block.
        if (results.ApprovalDemanded || failed.Count > 0)
        {
            return results.Gates.Count > 0 ? RequireApproval(results, failed) : Block(results, failed, nobodyCouldApprove: true);
        }

        // 4 Nothing failed: reduced where the permission or a rule says so, in detail where the action is high-risk or external.
        return new Decision
        {
            Verdict = results.Obligations.Reduces ? Verdict.Degrade : Verdict.Allow,
            Severity = results.Obligations == Obligations.None ? Severity.Info : Severity.Low,
            Reasons = results.RuleVerdict == Verdict.Allow ? [] : RuleReason,
            Path = results.KeptPath(),
            Rules = results.Rules,
            Obligations = results.Obligations,
            Level = results.Level,
            Reads = results.Reads,
        };
    }

    /// <summary>The table as the documentation shows it.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder(
            "| control | failure | decision | severity | with an open critical finding | because |\n| --- | --- | --- | --- | --- | --- |\n"
        );
        foreach (var rule in Rules)
        {
            var escalated = rule.Escalates ? "block, incident" : "no change";
            text.Append(
                null,
                $"| {(int)rule.Control} | `{Reasons.Of(rule.Reason).Code}` | {Words(rule.Effect)} | {rule.Severity.ToString().ToLowerInvariant()} | {escalated} | {rule.Because} |\n"
            );
        }

        return text.ToString();
    }

    private static Decision Block(ControlResults results, List<FailureRule> failed, bool nobodyCouldApprove)
    {
        List<ReasonCode> reasons = [.. failed.Select(rule => rule.Reason)];
        if (results.RulesBlock || results.RuleVerdict == Verdict.RequireApproval)
        {
            reasons.Add(ReasonCode.PolicyRule);
        }

        if (nobodyCouldApprove && !reasons.Contains(ReasonCode.ApprovalGateMissing))
        {
            reasons.Add(ReasonCode.ApprovalGateMissing);
        }

        return new Decision
        {
            Verdict = Verdict.Block,
            Severity = Worst(failed, Severity.High),
            Reasons = reasons,
            Path = results.KeptPath(),
            Rules = results.Rules,
            Level = results.Level,
            Reads = results.Reads,
        };
    }

    private static Decision RequireApproval(ControlResults results, List<FailureRule> failed) =>
        new()
        {
            Verdict = Verdict.RequireApproval,
            Severity = Worst(failed, results.HighImpact ? Severity.High : Severity.Medium),
            Reasons =
            [
                ReasonCode.ApprovalRequired,
                .. failed.Select(rule => rule.Reason),
                .. results.RuleVerdict < Verdict.Degrade ? RuleReason : [],
            ],
            Path = results.KeptPath(),
            Rules = results.Rules,
            ApprovalsNeeded = results.ApprovalsNeeded,
            Level = results.Level,
            Reads = results.Reads,
            // What somebody had to approve is recorded in detail; what the permission reduces stays reduced.
            Obligations = results.Obligations with
            {
                LogDetailed = true,
            },
            Approvals = results.Gates,
        };

    private static List<FailureRule> Failed(ControlResults results)
    {
        var failed = new List<FailureRule>();
        foreach (var rule in Rules)
        {
            if (Fails(results.Entries, rule.Reason))
            {
                failed.Add(rule);
            }
        }

        if (failed.Count == 0 || failed.Count < Fails(results.Entries))
        {
            failed.Add(Unknown);
        }

        return failed;
    }

    private static bool Fails(ReadOnlySpan<PathEntry> entries, ReasonCode reason)
    {
        foreach (ref readonly var entry in entries)
        {
            if (entry.Outcome == CheckOutcome.Fail && entry.Reason == reason)
            {
                return true;
            }
        }

        return false;
    }

    private static int Fails(ReadOnlySpan<PathEntry> entries)
    {
        var count = 0;
        foreach (ref readonly var entry in entries)
        {
            count += entry.Outcome == CheckOutcome.Fail ? 1 : 0;
        }

        return count;
    }

    private static Severity Worst(List<FailureRule> failed, Severity atLeast)
    {
        foreach (var rule in failed)
        {
            atLeast = rule.Severity < atLeast ? rule.Severity : atLeast;
        }

        return atLeast;
    }

    private static string Words(FailureEffect effect) =>
        effect switch
        {
            FailureEffect.Stop => "block at once",
            FailureEffect.Block => "block",
            FailureEffect.ApprovalOrBlock => "require_approval; block when no gate covers it",
        };
}
