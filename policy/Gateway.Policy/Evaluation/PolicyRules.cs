using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Evaluation;

/// <summary>The tenant's rules, after the controls: they tighten what the controls say and never loosen it.</summary>
internal static class PolicyRules
{
    public static void Check(in ActionProfile action, PolicySet policies, ControlResults results)
    {
        var of = policies.Of(action.Intent);
        var (tool, asked, silent, reads) = of;
        if (asked.Length == 0)
        {
            return;
        }

        results.Reads |= reads;
        var frame = ConditionFrame.For(action);
        var facts = new RuleFacts
        {
            Now = action.Facts.Now,
            KillSwitch = KillSwitch.NotUsed,
            Scope = frame,
        };
        var intent = PolicyIntent.Create(action, tool, results.Cache);
        RuleEntry[]? entries = null;
        for (var i = 0; i < asked.Length; i++)
        {
            var outcome = asked[i].Engine.Evaluate(intent, facts);
            if (!ReferenceEquals(outcome, RuleOutcome.Silent))
            {
                (entries ??= [.. silent])[i] = Apply(asked[i], outcome, action, results);
            }
        }

        results.Undetermined |= frame.MissedSomething || (of.ReadsTarget && action.Intent.Known is { Query: false });
        frame.Clear();
        results.Rules = entries ?? silent;
    }

    private static RuleEntry Apply(CompiledPolicy policy, RuleOutcome outcome, in ActionProfile action, ControlResults results)
    {
        var (verdict, reasons) = Met(outcome, action);
        results.RuleVerdict = verdict < results.RuleVerdict ? verdict : results.RuleVerdict;
        results.ApprovalDemanded |= verdict == Verdict.RequireApproval;
        results.ApprovalsNeeded = Math.Max(results.ApprovalsNeeded, outcome.Approval.Minimum);
        results.Obligations = results.Obligations.Merge(outcome.Obligations);
        return new RuleEntry(policy.Document.Name, verdict, outcome.MatchedRules, reasons, outcome.Violations, policy.Document.Source);
    }

    /// <summary>What a rule demands beside its verdict, and what the gateway can't give, blocks.</summary>
    private static (Verdict Verdict, IReadOnlyList<string> Reasons) Met(RuleOutcome outcome, in ActionProfile action)
    {
        if (outcome.Broker.Required && action.Connector?.Credential is null)
        {
            return (Verdict.Block, ["broker_credential_missing"]);
        }

        return outcome.RequireDelegation || outcome.RateLimits.Count > 0 || outcome.DestructiveBudgets.Count > 0
            ? (Verdict.Block, ["demand_not_met"])
            : (outcome.Verdict, outcome.ReasonCodes);
    }
}
