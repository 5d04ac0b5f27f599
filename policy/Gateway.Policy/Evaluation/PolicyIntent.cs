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
            && IntentSameness.IsSame(action, last.Intent)
        )
        {
            return last.Intent;
        }

        var intent = new RuleIntent
        {
            ToolName = tool,
            Args = default,
            Targets = PolicyTargets.Of(action),
            Context = Context(action, tool),
        };
        cache?.Intent = new CachedIntent(intent, action.Connector, action.Operation);
        return intent;
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
}
