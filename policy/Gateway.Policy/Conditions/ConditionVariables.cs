using Gateway.Cel.Checking;
using Gateway.Cel.Values;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Conditions;

/// <summary>
/// What a rule's <c>when:</c> may name. The table is the documentation's too. A name that isn't here is an error when the documents load.
/// </summary>
public static class ConditionVariables
{
    private static readonly Sha256Digest NoContent = Sha256Digest.Compute([]);

    /// <summary>In the order of their slots.</summary>
    public static IReadOnlyList<ConditionVariable> All { get; } =
    [
        new("agent.name", CelType.String, "the agent's name", action => Text(action.Intent.Agent.ToString())),
        new("agent.tenant", CelType.String, "its tenant", action => Text(action.Intent.Tenant.ToString())),
        new("agent.workspace", CelType.String, "its workspace", action => Text(action.Intent.Workspace.ToString())),
        new("agent.level", CelType.Int, "the level that it is judged at: 1 to 4, 0 for none", action => CelValue.From((long)action.Level)),
        new(
            "agent.risk",
            CelType.String,
            "its risk tier: `low`, `medium`, `high`, `critical`",
            action => Text(Vocabulary.Risk.Text(action.Dossier.Agent.Risk))
        ),
        new("agent.purposes", CelType.List(CelType.String), "what it is for", action => CelValue.From(action.Dossier.Agent.Purposes)),
        new(
            "agent.human_owner",
            CelType.String,
            "who answers for it; empty for nobody",
            action => Text(action.Dossier.Agent.HumanOwner ?? "")
        ),
        new(
            "agent.security_owner",
            CelType.String,
            "who answers for its security; empty for nobody",
            action => Text(action.Dossier.Agent.SecurityOwner ?? "")
        ),
        new(
            "intent.tool",
            CelType.String,
            "`connector/operation`",
            action => Text(Intent.ToolNameOf(action.Intent.Connector, action.Intent.Operation))
        ),
        new("intent.connector", CelType.String, "the connector's name", action => Text(action.Intent.Connector.ToString())),
        new("intent.operation", CelType.String, "the operation's name", action => Text(action.Intent.Operation.ToString())),
        new("intent.action", CelType.String, "its action type", action => Text(Vocabulary.Action.Text(action.Action))),
        new("intent.risk", CelType.String, "its risk tier", action => Text(Vocabulary.Risk.Text(action.Risk))),
        new(
            "intent.external",
            CelType.Bool,
            "whether it is an external action or changes an external system",
            action => CelValue.From(action.IsExternal)
        ),
        new(
            "intent.environment",
            CelType.String,
            "`development`, `test`, `staging`, `production`: the strictest of workspace, connector and claim",
            action => Text(Vocabulary.Environment.Text(action.Environment))
        ),
        new("intent.data", CelType.List(CelType.String), "the data classes", action => CelValue.From(ConditionWords.Words(action.Data))),
        new(
            "intent.model",
            CelType.String,
            "the model asked for; empty where it is no model call",
            action => Text(action.Intent.Model ?? "")
        ),
        new("intent.door", CelType.String, "`openai`, `anthropic`, `tool`", action => Text(ConditionWords.Of(action.Intent.Door))),
        new(
            "intent.strength",
            CelType.String,
            "how the agent proved itself: `bearer`, `signed`",
            action => Text(ConditionWords.Of(action.Intent.Strength))
        ),
        new("intent.method", CelType.String, "the HTTP method", action => Text(action.Intent.Target.Method)),
        new("intent.authority", CelType.String, "scheme, host and port that it goes to", action => Text(action.Intent.Target.Authority)),
        new("intent.path", CelType.String, "the path that it goes to, with its query", action => Text(action.Intent.Target.PathAndQuery)),
        new(
            "args",
            CelType.Dyn,
            "the request's JSON body; an empty map where there is no body; without a value where it isn't JSON",
            Arguments
        ),
        new(
            "session.id",
            CelType.String,
            "the run that the agent says this belongs to; empty where it doesn't",
            action => Text(action.Intent.Session ?? "")
        ),
        new("time", CelType.Timestamp, "the moment of judging", Time),
        new(
            "facts.status",
            CelType.String,
            "the status in the durable store: `active`, `suspended`, `retired`, `draft`; empty where it says nothing",
            action => Text(ConditionWords.Of(action.Facts.Status))
        ),
        new(
            "facts.level",
            CelType.Int,
            "the level that it was demoted to at run time; 0 for no demotion",
            action => CelValue.From((long)(action.Facts.Level ?? 0))
        ),
    ];

    public static CelEnvironment Environment { get; } = new(All.Select(variable => KeyValuePair.Create(variable.Name, variable.Type)));

    private static CelValue Text(string text) => CelValue.From(text);

    /// <summary>Unset for a body that isn't JSON: a condition that reads it is then in error, which never lets anything through.</summary>
    private static CelValue Arguments(ActionProfile action)
    {
        var intent = action.Intent;
        if (intent.Arguments.IsEmpty)
        {
            return intent.Target.Content == NoContent ? CelValue.From(EntryMap.Empty) : default;
        }

        return JsonValues.TryParse(intent.Arguments.Span, out var value) ? value : default;
    }

    /// <summary>Unset where there is no moment.</summary>
    private static CelValue Time(ActionProfile action) =>
        action.Facts.Now == default ? default : CelValue.From(CelTimestamp.From(action.Facts.Now));
}

/// <summary>One name that a condition may read.</summary>
/// <param name="Means">For the documentation.</param>
/// <param name="Read">Its value for an action; unset where it has none, which is an error where it is read.</param>
public sealed record ConditionVariable(string Name, CelType Type, string Means, Func<ActionProfile, CelValue> Read);
