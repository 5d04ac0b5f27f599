using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Which rules count for one action, and what each comes to.</summary>
internal static class RuleSelection
{
    private static readonly List<RuleFinding> None = [];

    /// <summary>Not to be changed by whoever gets it: nothing found is always the same list.</summary>
    public static List<RuleFinding> Select(RulePolicy policy, ReadOnlySpan<CompiledRule> rules, RuleIntent intent, RuleFacts facts)
    {
        var strictest = policy.Combine == RuleCombine.Strictest;
        var shape = RuleShape.Of(intent);
        List<RuleFinding>? findings = null;
        int? tier = null;
        foreach (var rule in rules)
        {
            if (!strictest && tier is { } priority && rule.Rule.Priority != priority)
            {
                break;
            }

            var fit = rule.Shape.MayMatch(shape)
                ? RuleMatching.Fit(rule, intent, facts, strictest && rule.Rule.Effect == Verdict.Allow)
                : RuleFit.No;
            if (fit != RuleFit.No)
            {
                (findings ??= new(1)).Add(RuleChecks.Apply(rule, fit, intent, facts));
                tier = fit == RuleFit.Certain ? tier ?? rule.Rule.Priority : tier;
            }
        }

        if (!IsDecided(findings, strictest) && !(policy.IsOverlay && policy.DefaultVerdict == Verdict.Allow))
        {
            (findings ??= []).Add(Default(policy, intent));
        }

        return findings ?? None;
    }

    /// <summary>
    /// Whether rules take the place of the default verdict. Where all rules count only one that grants does: otherwise adding a rule that
    /// asks for approval would loosen a default that blocks.
    /// </summary>
    private static bool IsDecided(List<RuleFinding>? findings, bool strictest)
    {
        for (var i = 0; i < findings?.Count; i++)
        {
            if (findings[i].Fit == RuleFit.Certain && (!strictest || findings[i].Rule?.Rule.Effect == Verdict.Allow))
            {
                return true;
            }
        }

        return false;
    }

    private static RuleFinding Default(RulePolicy policy, RuleIntent intent)
    {
        var finding = new RuleFinding(
            null,
            RuleFit.Certain,
            policy.DefaultVerdict,
            ["default_" + RuleVerdicts.Word(policy.DefaultVerdict)],
            []
        );
        PhaseCheck.Apply(intent, finding);
        return finding;
    }
}
