using Gateway.Policy.Actions;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// An action as rules see it. Everything in it is verified or comes from documents; what a gateway doesn't know (provenance of arguments, a
/// sandbox, a delegation) is unsaid, which never grants.
/// </summary>
public static class PolicyIntent
{
    /// <summary>
    /// The same as before where nothing that rules see has changed. The arguments aren't in it: conditions read them where they are.
    /// </summary>
    public static RuleIntent Create(in ActionProfile action, string tool, ActionCache? cache)
    {
        if (
            cache?.Intent is { } last
            && ReferenceEquals(last.Connector, action.Connector)
            && ReferenceEquals(last.Operation, action.Operation)
            && IsSame(action, last.Intent)
        )
        {
            return last.Intent;
        }

        var intent = new RuleIntent
        {
            ToolName = tool,
            Args = default,
            Targets = Targets(action),
            Context = Context(action, tool),
        };
        cache?.Intent = new CachedIntent(intent, action.Connector, action.Operation);
        return intent;
    }

    /// <summary>Everything that can differ between two actions of one agent with one operation of the same documents.</summary>
    private static bool IsSame(in ActionProfile action, RuleIntent last) =>
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

    private static IntentContext Context(in ActionProfile action, string tool)
    {
        var agent = action.Dossier.Agent;
        return new IntentContext
        {
            Identity = agent.Id.ToString(),
            Workspace = agent.Workspace.ToString(),
            RiskClass = Vocabulary.Risk.Text(action.Risk),
            AgentId = agent.Id.ToString(),
            Agent = new AgentIdentity { LifecycleStates = [ConditionWords.Of(agent.Status)], Owner = agent.HumanOwner ?? "" },
            Environment = Vocabulary.Environment.Text(action.Environment),
            SessionId = action.Intent.Session ?? "",
            RunId = action.Intent.Session ?? "",
            Tool = new ToolMetadata(tool, EndpointClass: "net.http", AutonomyLevel: ConditionWords.Level(action.Level)),
        };
    }

    /// <summary>
    /// One target for each data class: a rule that restricts is about an action that moves any of its classes, and one that allows must
    /// name all of them.
    /// </summary>
    private static IReadOnlyList<IntentTargetFact> Targets(in ActionProfile action)
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
