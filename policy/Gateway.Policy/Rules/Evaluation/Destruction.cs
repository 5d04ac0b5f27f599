using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether anything is destroyed.</summary>
internal static class Destruction
{
    public static bool IsIn(IReadOnlyList<IntentTargetFact> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i].Destructive)
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsIn(RuleIntent intent) => IsIn(intent.Targets) || intent.Steps.Any(step => IsIn(step.Targets));
}
