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
        var outcome = ScriptRollUp.Of(steps) with { Script = new ScriptOutcome(steps, composite) };
        return ScriptRollUp.ApplyLimits(policy.Scripts, intent.Steps.Count, risks.Length, outcome);
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

    private static string StepRisk(IReadOnlyList<IntentTargetFact> targets) =>
        targets.Any(target => target.Destructive || target.EndpointClass is "fs.delete" or "proc.exec") ? RiskClasses.High
        : targets.Any(target => target.EndpointClass is "fs.write" or "net.http" or "net.dns") ? RiskClasses.Medium
        : RiskClasses.Low;
}
