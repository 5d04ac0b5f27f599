using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What the outcomes of a script's steps come to together, and what its length and its mix of risks add to it.</summary>
internal static class ScriptRollUp
{
    public static RuleOutcome Of(RuleOutcome[] steps) =>
        new()
        {
            Verdict = steps.Min(step => step.Verdict),
            ReasonCodes = CodeList.Normalise(steps.SelectMany(step => step.ReasonCodes)),
            Violations = CodeList.Normalise(steps.SelectMany(step => step.Violations)),
            MatchedRules = CodeList.Normalise(steps.SelectMany(step => step.MatchedRules)),
            Approval = new ApprovalDemand(steps.Max(step => step.Approval.Minimum), steps.Any(step => step.Approval.DistinctApprovers)),
            Broker = new BrokerDemand(
                steps.Any(step => step.Broker.Required),
                steps.Select(step => step.Broker.Reference).FirstOrDefault(reference => reference.Length > 0) ?? "",
                CodeList.Normalise(steps.SelectMany(step => step.Broker.Scopes))
            ),
            RequireDelegation = steps.Any(step => step.RequireDelegation),
            RateLimits = [.. steps.SelectMany(step => step.RateLimits).Distinct()],
            DestructiveBudgets = [.. steps.SelectMany(step => step.DestructiveBudgets).Distinct()],
            DataflowTriggered = steps.Any(step => step.DataflowTriggered),
            Freeze = steps.Min(step => step.Freeze),
            Sandbox = steps.Min(step => step.Sandbox),
        };

    public static RuleOutcome ApplyLimits(ScriptLimits limits, int steps, int risks, RuleOutcome outcome)
    {
        if (steps > (limits.MaxSteps > 0 ? limits.MaxSteps : ScriptLimits.MostSteps))
        {
            outcome = outcome.Tighten(Verdict.Block, ["script_max_steps_exceeded"], ["script_max_steps_exceeded"]);
        }

        if (limits.RequireApprovalAbove > 0 && steps > limits.RequireApprovalAbove)
        {
            outcome = outcome.Tighten(Verdict.RequireApproval, ["script_step_threshold_approval"], []);
            outcome = outcome with { Approval = outcome.Approval with { Minimum = Math.Max(1, outcome.Approval.Minimum) } };
        }

        return limits.BlockMixedRisk && risks > 1
            ? outcome.Tighten(Verdict.Block, ["script_mixed_risk_blocked"], ["script_mixed_risk"])
            : outcome;
    }
}
