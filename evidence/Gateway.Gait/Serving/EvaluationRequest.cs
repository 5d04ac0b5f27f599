using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Gait.Adapters;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Serving;

/// <summary>One tool call to be judged, as <c>/v1/evaluate</c> takes it.</summary>
/// <param name="Call">JSON of the adapter's shape.</param>
/// <param name="Warnings">What was asked for and isn't done.</param>
public sealed record EvaluationRequest(string Adapter, byte[] Call, string RunId, IReadOnlyList<string> Warnings)
{
    /// <exception cref="CallRefusedException">It isn't in form; says which field.</exception>
    public static EvaluationRequest Read(ReadOnlySpan<byte> body)
    {
        if (!ArtifactJson.TryParse(body, out var json, out var error))
        {
            throw new CallRefusedException([$"The body must be one JSON object: {error}"]);
        }

        var problems = RequestFields.Problems(json);
        var call = json["call"] as JsonObject;
        if (call is null)
        {
            problems.Add("call: It must be a JSON object.");
        }

        var adapter = Text(json, "adapter", problems);
        if (adapter.Length > 0 && !ToolCallAdapters.Names.Contains(adapter, StringComparer.Ordinal))
        {
            problems.Add($"adapter: There is no such adapter; known are {string.Join(", ", ToolCallAdapters.Names)}.");
        }

        var runId = Text(json, "run_id", problems);
        return problems.Count == 0
            ? new EvaluationRequest(
                adapter.Length > 0 ? adapter : ToolCallAdapters.Names[0],
                Encoding.UTF8.GetBytes(call!.ToJsonString()),
                runId,
                [.. RequestFields.Warnings(json)]
            )
            : throw new CallRefusedException(problems);
    }

    private static string Text(JsonObject json, string name, List<string> problems)
    {
        if (json.ContainsKey(name) && json[name]?.GetValueKind() != JsonValueKind.String)
        {
            problems.Add($"{name}: It must be text.");
        }

        return json.Text(name);
    }
}
