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
        .. AgentVariables.All,
        .. IntentVariables.All,
        new("intent.method", CelType.String, "the HTTP method", action => CelValue.From(action.Intent.Target.Method)),
        new(
            "intent.authority",
            CelType.String,
            "scheme, host and port that it goes to",
            action => CelValue.From(action.Intent.Target.Authority)
        ),
        new(
            "intent.path",
            CelType.String,
            "the path that it goes to, with its query as it is sent",
            action => CelValue.From(action.Intent.Target.PathAndQuery)
        ),
        new(
            "query",
            CelType.Map(CelType.String, CelType.List(CelType.String)),
            "the query's parameters, decoded: each name with all of its values",
            action => QueryValues.Of(action.Intent.Target.PathAndQuery)
        ),
        new(
            "args",
            CelType.Dyn,
            "the request's JSON body, of an MCP call its arguments; an empty map where there are none; without a value where it isn't JSON",
            Arguments
        ),
        .. RunTimeVariables.All,
    ];

    public static CelEnvironment Environment { get; } = new(All.Select(variable => KeyValuePair.Create(variable.Name, variable.Type)));

    /// <summary>Unset for a body that isn't JSON: a condition that reads it is then in error, which never lets anything through.</summary>
    private static CelValue Arguments(ActionProfile action)
    {
        var intent = action.Intent;
        if (intent.Arguments.IsEmpty)
        {
            // An MCP message always has a body: its arguments may be left out of it.
            return intent.Door == Door.Mcp || intent.Target.Content == NoContent ? CelValue.From(EntryMap.Empty) : default;
        }

        return JsonValues.TryParse(intent.Arguments.Span, out var value) ? value : default;
    }
}

/// <summary>One name that a condition may read.</summary>
/// <param name="Means">For the documentation.</param>
/// <param name="Read">Its value for an action; unset where it has none, which is an error where it is read.</param>
public sealed record ConditionVariable(string Name, CelType Type, string Means, Func<ActionProfile, CelValue> Read);
