using Gateway.Policy.Actions;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Evaluation;

/// <summary>Whether an intent that rules saw before says the same of another action of one agent with one operation.</summary>
internal static class IntentSameness
{
    /// <summary>Everything that can differ between two actions of one agent with one operation of the same documents.</summary>
    public static bool IsSame(in ActionProfile action, RuleIntent last) =>
        last.Context.SessionId == (action.Intent.Session ?? "")
        && last.Context.Environment == Vocabulary.Environment.Text(action.Environment)
        && last.Context.Tool.AutonomyLevel == ConditionWords.Level(action.Level)
        && IsSame(action.Data, last.Targets)
        && IsUrl(last.Targets[0].Value, action.Intent.Target);

    private static bool IsUrl(ReadOnlySpan<char> url, IntentTarget target) =>
        url.Length == target.Authority.Length + target.PathAndQuery.Length
        && url.StartsWith(target.Authority, StringComparison.Ordinal)
        && url.EndsWith(target.PathAndQuery, StringComparison.Ordinal);

    private static bool IsSame(DataClasses data, IReadOnlyList<IntentTargetFact> targets)
    {
        var words = ConditionWords.Words(data);
        if (words.Count != (targets[0].Sensitivity.Length == 0 ? 0 : targets.Count))
        {
            return false;
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (targets[i].Sensitivity != words[i])
            {
                return false;
            }
        }

        return true;
    }
}
