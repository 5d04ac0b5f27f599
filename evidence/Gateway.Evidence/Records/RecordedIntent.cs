using System.Text;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>Reads the action that was judged out of its decision's record.</summary>
internal static class RecordedIntent
{
    /// <exception cref="FormatException">A member is missing or isn't as a record has it.</exception>
    public static Intent Read(JsonElement body)
    {
        var target = body.Get("target");
        var read = body.Find("read");
        var hasQuery = target.Find("query_digest") is not null;
        var query = read?.FindText("query");
        return new Intent
        {
            Tenant = body.Name<Tenant>("tenant"),
            Workspace = body.Name<Workspace>("workspace"),
            Agent = body.Name<Agent>("agent"),
            Strength = body.Word("auth_strength", RecordWords.Strengths),
            Door = body.Word("door", RecordWords.Doors),
            Connector = body.Name<Connector>("connector"),
            Operation = body.Name<Operation>("operation"),
            Model = body.FindText("model"),
            HostedTools = body.Find("hosted_tools") is null
                ? []
                : [.. body.Items("hosted_tools").Select(tool => RecordMembers.NameOf<Operation>(tool, "hosted_tools"))],
            Session = body.FindText("session"),
            Definition = body.Find("definition") is null ? null : body.Digest("definition"),
            McpMethod = body.FindText("mcp_method"),
            McpName = body.FindText("mcp_name"),
            Data = body.Items("data")
                .Aggregate(DataClasses.None, (data, word) => data | RecordMembers.WordOf(word, "data", RecordWords.Data)),
            Environment = body.Word("environment", RecordWords.Environments),
            Target = new IntentTarget(
                target.Text("method"),
                target.Text("authority"),
                target.Text("path") + (query is null ? "" : "?" + query),
                target.Digest("headers_digest"),
                target.Digest("content_digest")
            ),
            Arguments = read?.Find("arguments")?.FindText("values") is { } values ? Encoding.UTF8.GetBytes(values) : default,
            Known = new ActionParts(KnownArguments(read), !hasQuery || query is not null),
        };
    }

    /// <summary>Nothing for a record that doesn't say what was read; everything where there were no JSON arguments.</summary>
    private static IReadOnlyList<ArgumentPath> KnownArguments(JsonElement? read) =>
        read is not { } values ? []
        : values.Find("arguments") is { } arguments ? [.. arguments.Items("paths").Select(PathOf)]
        : [ArgumentPath.Whole];

    private static ArgumentPath PathOf(JsonElement text) =>
        ArgumentPath.TryParse(RecordMembers.TextOf(text, "paths"), out var path)
            ? path
            : throw new FormatException("'paths' has something that is no JSON pointer.");
}
