using System.Text;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs.Runs;

/// <summary>
/// Goes through a run again without doing anything: recorded results stand for themselves, and a tool whose result wasn't recorded gets a
/// stub of its kind. Real tools are never called: a pack comes from anywhere.
/// </summary>
public static class RunReplay
{
    private static readonly (string Type, string[] Words)[] Stubs =
    [
        ("http", ["http", "fetch", "url"]),
        ("file", ["file", "path", "fs", "write"]),
        ("db", ["db", "sql", "query", "table"]),
        ("queue", ["queue", "topic", "publish", "kafka"]),
    ];

    public static IReadOnlyList<ReplayStep> Steps(Runpack pack)
    {
        var results = pack.Results.ToDictionary(result => result.Text("intent_id"), StringComparer.Ordinal);
        return [.. pack.Intents.Select(intent => Step(pack.RunId, intent, results.GetValueOrDefault(intent.Text("intent_id"))))];
    }

    /// <summary>Whether every intent has a result, recorded or stubbed.</summary>
    public static bool IsWhole(IEnumerable<ReplayStep> steps) => steps.All(step => step.Execution != "missing");

    private static ReplayStep Step(string runId, JsonObject intent, JsonObject? result)
    {
        var (id, tool) = (intent.Text("intent_id"), intent.Text("tool_name"));
        if (result is not null)
        {
            return new ReplayStep(id, tool, result.Text("status"), "recorded", "", result.Text("result_digest"));
        }

        var type = Stubs.FirstOrDefault(stub => stub.Words.Any(word => tool.Contains(word, StringComparison.OrdinalIgnoreCase))).Type;
        return type is null
            ? new ReplayStep(id, tool, "missing", "missing", "", "")
            : new ReplayStep(id, tool, "ok", "stubbed", type, Digest($"{runId}:{id}:{tool}:{intent.Text("args_digest")}:{type}"));
    }

    private static string Digest(string text) => Sha256Digest.Compute(Encoding.UTF8.GetBytes(text)).ToString();
}

/// <summary>One intent, replayed.</summary>
/// <param name="Status">The recorded result's; <c>ok</c> for a stub, <c>missing</c> for none.</param>
/// <param name="Execution"><c>recorded</c>, <c>stubbed</c> or <c>missing</c>.</param>
/// <param name="StubType"><c>http</c>, <c>file</c>, <c>db</c> or <c>queue</c>; empty where nothing was stubbed.</param>
/// <param name="ResultDigest">Empty where there is no result.</param>
public sealed record ReplayStep(string IntentId, string ToolName, string Status, string Execution, string StubType, string ResultDigest);
