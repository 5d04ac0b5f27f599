using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>From failed controls to the decision. In the order of importance: the first that failed is the first reason given.</summary>
public static class DecisionTable
{
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
        if ((results.ApprovalDemanded || failed.Count > 0) && !results.Approved)
        {
            return results.Gates.Count > 0 ? RequireApproval(results, failed) : Block(results, failed, nobodyCouldApprove: true);
        }

        // 4 Nothing failed, or people made it good: reduced where the permission or a rule says so, in detail where the action is high-risk
        // or external.
        return new Decision
        {
            Approved = results.Approved,
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
        foreach (var rule in FailureRules.All)
        {
            if (Fails(results.Entries, rule.Reason))
            {
                failed.Add(rule);
            }
        }

        if (failed.Count == 0 || failed.Count < Fails(results.Entries))
        {
            failed.Add(FailureRules.Unknown);
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
}
