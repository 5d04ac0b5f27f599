using Gateway.Policy.Actions;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Where an action goes, as rules see it: one target for each data class. A rule that restricts is about an action that moves any of its
/// classes, and one that allows must name all of them.
/// </summary>
internal static class PolicyTargets
{
    public static IReadOnlyList<IntentTargetFact> Of(in ActionProfile action)
    {
        var single = Target(action, "");
        return action.Data == DataClasses.None
            ? [single]
            : [.. ConditionWords.Words(action.Data).Select(word => single with { Sensitivity = word })];
    }

    private static IntentTargetFact Target(in ActionProfile action, string sensitivity)
    {
        var target = action.Intent.Target;
        var url = target.Authority + target.PathAndQuery;
        var host = EndpointDomains.Actual("url", url);
        return new IntentTargetFact
        {
            Kind = "url",
            Value = url,
            Operation = Vocabulary.Action.Text(action.Action),
            Sensitivity = sensitivity,
            EndpointClass = "net.http",
            EndpointDomain = host,
            ActualDomain = host,
            CleanValue = url,
            Destructive = action.Action is ActionType.Delete or ActionType.Unspecified,
            DestructiveHint = action.Action is ActionType.Delete,
            ReadOnlyHint = action.Action is ActionType.Read,
            IdempotentHint = action.Operation?.SafeToRepeat ?? false,
            OpenWorldHint = action.Scope == TargetScope.External,
            DiscoveryMethod = "manual",
        };
    }
}
