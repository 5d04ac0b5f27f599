using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// A destructive action is only tried in phase <c>plan</c> and needs approval in phase <c>apply</c>, whatever the rule says, and also when
/// no rule says anything. Commands in a sandbox that the rule checked and found valid are what the sandbox is for, and are exempt.
/// </summary>
internal static class PhaseCheck
{
    public static void Apply(RuleIntent intent, RuleFinding finding)
    {
        if (
            !Destruction.IsIn(intent.Targets)
            || (finding.Sandbox == CheckStatus.Valid && intent.Targets.All(target => target.EndpointClass == "proc.exec"))
        )
        {
            return;
        }

        var plan = intent.Context.Phase == "plan";
        finding.Tighten(plan ? Verdict.Degrade : Verdict.RequireApproval);
        finding.AddReason(plan ? "plan_phase_non_destructive" : "destructive_apply_requires_approval");
    }
}
