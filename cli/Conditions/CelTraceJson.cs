using System.Text.Json.Nodes;
using Gateway.Cel.Interpretation;

namespace Gateway.Cli.Conditions;

/// <summary>One part of an evaluated expression for programs: where it stands and what it came to.</summary>
internal static class CelTraceJson
{
    public static JsonNode Of(CelTraceEntry entry)
    {
        var json = new JsonObject
        {
            ["text"] = entry.Text,
            ["depth"] = entry.Depth,
            ["start"] = entry.Range.Start,
            ["length"] = entry.Range.Length,
        };
        json[entry.Value.IsError ? "error" : "value"] = entry.Value.IsError
            ? JsonValue.Create(entry.Value.AsFault.Message)
            : CelJson.Of(entry.Value);
        return json;
    }
}
