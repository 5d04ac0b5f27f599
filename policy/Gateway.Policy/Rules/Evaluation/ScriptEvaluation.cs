using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Judges a script: every step as an action of its own, and then the script as a whole.</summary>
internal static class ScriptEvaluation
{
    public static RuleOutcome Evaluate(RulePolicy policy, RuleIntent intent, Func<RuleIntent, RuleOutcome> evaluateStep)
    {
        var unclaimed = Unclaimed(intent);
        var steps = intent.Steps.Select(step => evaluateStep(AsIntent(intent, step, unclaimed))).ToArray();
        var risks = intent.Steps.Select(step => StepRisk(step.Targets)).Distinct().ToArray();
        var composite =
            risks.Contains(RiskClasses.High) ? RiskClasses.High
            : risks.Contains(RiskClasses.Medium) ? RiskClasses.Medium
            : RiskClasses.Low;
        var outcome = RollUp(steps) with { Script = new ScriptOutcome(steps, composite) };
        return ApplyLimits(policy.Scripts, intent.Steps.Count, risks.Length, outcome);
    }

    /// <summary>
    /// Targets that the script names and none of its steps has: they are judged with every step, or nobody would look at them.
    /// </summary>
    private static IntentTargetFact[] Unclaimed(RuleIntent intent) =>
        [.. intent.Targets.Where(target => !intent.Steps.Any(step => step.Targets.Contains(target)))];

    private static RuleIntent AsIntent(RuleIntent script, IntentStep step, IntentTargetFact[] unclaimed) =>
        script with
        {
            ToolName = step.ToolName,
            Args = step.Args,
            Steps = [],
            Targets = unclaimed.Length == 0 ? step.Targets : TargetFields.Normalise(step.Targets.Concat(unclaimed)),
            Provenance = step.Provenance,
        };

    private static RuleOutcome RollUp(RuleOutcome[] steps) =>
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

    private static RuleOutcome ApplyLimits(ScriptLimits limits, int steps, int risks, RuleOutcome outcome)
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

    private static string StepRisk(IReadOnlyList<IntentTargetFact> targets) =>
        targets.Any(target => target.Destructive || target.EndpointClass is "fs.delete" or "proc.exec") ? RiskClasses.High
        : targets.Any(target => target.EndpointClass is "fs.write" or "net.http" or "net.dns") ? RiskClasses.Medium
        : RiskClasses.Low;
}
