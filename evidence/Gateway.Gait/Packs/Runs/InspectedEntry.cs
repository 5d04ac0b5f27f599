using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Runs;

/// <summary>One intent of a run with what came of it. Empty texts and lists are unsaid.</summary>
public sealed record InspectedEntry
{
    /// <value>From 1.</value>
    public required int Index { get; init; }
    public required string IntentId { get; init; }
    public required string ToolName { get; init; }
    public required string CreatedAt { get; init; }
    public required string ArgsDigest { get; init; }
    public string Status { get; init; } = "missing";
    public string ResultDigest { get; init; } = "";
    public string Verdict { get; init; } = "";
    public IReadOnlyList<string> ReasonCodes { get; init; } = [];
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <param name="result">Null where there is none.</param>
    internal static InspectedEntry Of(int index, JsonObject intent, JsonObject? result)
    {
        var entry = new InspectedEntry
        {
            Index = index,
            IntentId = intent.Text("intent_id"),
            ToolName = intent.Text("tool_name"),
            CreatedAt = intent.Text("created_at"),
            ArgsDigest = intent.Text("args_digest"),
        };
        if (result is null)
        {
            return entry;
        }

        var payload = result["result"] as JsonObject;
        return entry with
        {
            Status = result.Text("status"),
            ResultDigest = result.Text("result_digest"),
            Verdict = payload?.Text("verdict") ?? "",
            ReasonCodes = payload?.Texts("reason_codes") ?? [],
            Violations = payload?.Texts("violations") ?? [],
        };
    }
}
