using Gateway.Cel.Values;
using Gateway.Policy.Model;

namespace Gateway.Policy.Conditions;

/// <summary>What a condition may read of the action, but for where it goes and its arguments.</summary>
internal static class IntentVariables
{
    public static IReadOnlyList<ConditionVariable> All { get; } =
    [
        new(
            "intent.tool",
            CelType.String,
            "`connector/operation`",
            action => CelValue.From(Intent.ToolNameOf(action.Intent.Connector, action.Intent.Operation))
        ),
        new("intent.connector", CelType.String, "the connector's name", action => CelValue.From(action.Intent.Connector.ToString())),
        new("intent.operation", CelType.String, "the operation's name", action => CelValue.From(action.Intent.Operation.ToString())),
        new("intent.action", CelType.String, "its action type", action => CelValue.From(Vocabulary.Action.Text(action.Action))),
        new("intent.risk", CelType.String, "its risk tier", action => CelValue.From(Vocabulary.Risk.Text(action.Risk))),
        new(
            "intent.external",
            CelType.Bool,
            "whether it is an external action or changes an external system",
            action => CelValue.From(action.IsExternal)
        ),
        new(
            "intent.sends",
            CelType.String,
            "what leaves to an external system: `content`, `identifiers`, `nothing`; of an internal one `nothing`",
            action => CelValue.From(Vocabulary.Sends.Text(action.Sends))
        ),
        new(
            "intent.environment",
            CelType.String,
            "`development`, `test`, `staging`, `production`: the strictest of workspace, connector and claim",
            action => CelValue.From(Vocabulary.Environment.Text(action.Environment))
        ),
        new("intent.data", CelType.List(CelType.String), "the data classes", action => CelValue.From(ConditionWords.Words(action.Data))),
        new(
            "intent.model",
            CelType.String,
            "the model asked for; empty where it is no model call",
            action => CelValue.From(action.Intent.Model ?? "")
        ),
        new(
            "intent.door",
            CelType.String,
            "`openai`, `anthropic`, `tool`, `mcp`",
            action => CelValue.From(ConditionWords.Of(action.Intent.Door))
        ),
        new(
            "intent.strength",
            CelType.String,
            "how the agent proved itself: `bearer`, `signed`",
            action => CelValue.From(ConditionWords.Of(action.Intent.Strength))
        ),
        new(
            "intent.mcp_method",
            CelType.String,
            "the MCP method, such as `tools/call`; empty at every other door",
            action => CelValue.From(action.Intent.McpMethod ?? "")
        ),
    ];
}
