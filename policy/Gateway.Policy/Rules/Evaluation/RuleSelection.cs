using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Which rules count for one action, and what each comes to.</summary>
internal static class RuleSelection
{
    private static readonly List<RuleFinding> None = [];

    /// <summary>Not to be changed by whoever gets it: nothing found is always the same list.</summary>
    public static List<RuleFinding> Select(RulePolicy policy, ToolRules rules, RuleIntent intent, RuleFacts facts)
    {
        var strictest = policy.Combine == RuleCombine.Strictest;
        var mask = MatchMask.Of(intent);
        List<RuleFinding>? findings = null;
        int? tier = null;
        var walk = new RuleWalk(rules);
        while (walk.Next() is { } rule)
        {
            if (!strictest && tier is { } priority && rule.Rule.Priority != priority)
            {
                break;
            }

            var fit = rule.Mask.MayMatch(mask)
                ? RuleMatching.Match(rule, intent, strictest && rule.Rule.Effect == Verdict.Allow)
                : RuleFit.No;
            if (fit != RuleFit.No)
            {
                fit = walk.MayHold(rule, facts) ? RuleFits.And(fit, RuleMatching.Condition(rule, intent, facts)) : RuleFit.No;
            }

            if (fit != RuleFit.No)
            {
                (findings ??= new(1)).Add(Check(rule, fit, intent, facts));
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
    /// All that a matching rule checks, in the order of the format. Each check can only tighten; most rules ask for none.
    /// </summary>
    private static RuleFinding Check(CompiledRule rule, RuleFit fit, RuleIntent intent, RuleFacts facts)
    {
        var asked = rule.Rule;
        var finding = new RuleFinding(rule, fit, asked.Effect, rule.ReasonCodes, asked.Violations);
        if (asked.Dataflow is { } dataflow)
        {
            DataflowCheck.Apply(dataflow, intent, finding);
        }

        if (rule.Endpoint is { } endpoint)
        {
            EndpointCheck.Apply(endpoint, intent, finding);
        }

        if (asked.Context is { } context)
        {
            ContextCheck.Apply(context, intent, finding);
        }

        if (asked.Agent is { } agent)
        {
            AgentCheck.Apply(agent, intent.Context, facts.Now, finding);
        }

        if (asked.Credential is { } credential)
        {
            CredentialCheck.Apply(credential, intent, finding);
        }

        if (asked.Freeze is { } freeze)
        {
            FreezeCheck.Apply(freeze, intent.Context, facts.Now, finding);
        }

        if (asked.Sandbox is { } sandbox)
        {
            SandboxCheck.Apply(sandbox, intent.Context.Sandbox, finding);
        }

        CheckPhase(intent, finding);
        return finding;
    }

    /// <summary>
    /// A destructive action is only tried in phase <c>plan</c> and needs approval in phase <c>apply</c>, whatever the rule says, and also
    /// when no rule says anything. Commands in a sandbox that the rule checked and found valid are what the sandbox is for, and are exempt.
    /// </summary>
    private static void CheckPhase(RuleIntent intent, RuleFinding finding)
    {
        if (
            !intent.HasDestructiveTarget
            || (finding.Sandbox == CheckStatus.Valid && intent.Targets.All(target => target.EndpointClass == "proc.exec"))
        )
        {
            return;
        }

        var plan = intent.Context.Phase == "plan";
        finding.Tighten(plan ? Verdict.Degrade : Verdict.RequireApproval);
        finding.AddReason(plan ? "plan_phase_non_destructive" : "destructive_apply_requires_approval");
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
        CheckPhase(intent, finding);
        return finding;
    }
}
