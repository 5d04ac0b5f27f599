using System.Text.Json;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>The facts that a case gives besides policy and intent.</summary>
internal static class GateFacts
{
    private static readonly DateTimeOffset Later = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static RuleFacts Of(Corpus corpus, JsonElement c)
    {
        var inputs = c.Get("inputs") ?? default;
        var now = c.Time("evaluation_time", Later);
        return new RuleFacts
        {
            Now = now,
            KillSwitch = KillSwitchOf(corpus, inputs.Text("kill_switch_state")),
            Evidence = inputs.Text("context_envelope_to_build") is { Length: > 0 } path ? EvidenceOf(corpus, path, now) : null,
            Inventory =
                inputs.Text("wrkr_inventory") is { Length: > 0 } inventory && corpus.Has(inventory) ? InventoryOf(corpus, inventory) : null,
        };
    }

    private static KillSwitch KillSwitchOf(Corpus corpus, string path) =>
        path.Length == 0 ? KillSwitch.NotUsed
        : corpus.Has(path) ? KillSwitchReader.Read(corpus.Bytes(path))
        : KillSwitch.Unavailable;

    /// <summary>What verifying the envelope would give; the digest itself is that of the envelope's own format.</summary>
    private static ContextEvidence EvidenceOf(Corpus corpus, string path, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(corpus.Bytes(path));
        var records = document.RootElement.GetProperty("records").EnumerateArray().ToArray();
        var oldest = records.Min(record => record.Time("retrieved_at", now));
        return new ContextEvidence(
            new string('c', 64),
            document.RootElement.GetProperty("options").Text("evidence_mode"),
            [.. records.Select(record => record.Text("ref_id")).Order(StringComparer.Ordinal)],
            (long)(now - oldest).TotalSeconds
        );
    }

    private static Dictionary<string, ToolMetadata> InventoryOf(Corpus corpus, string path)
    {
        using var document = JsonDocument.Parse(corpus.Bytes(path));
        var items =
            document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("items");
        return items
            .EnumerateArray()
            .Select(item => new ToolMetadata(
                Lower(item, "tool_name"),
                Lower(item, "data_class"),
                Lower(item, "endpoint_class"),
                Lower(item, "autonomy_level")
            ))
            .ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
    }

    private static string Lower(JsonElement item, string name) => item.Text(name).Trim().ToLowerInvariant();
}
