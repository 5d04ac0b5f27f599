using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Reads an inventory of tools: <c>{"items": [{"tool_name", "data_class", "endpoint_class", "autonomy_level"}]}</c>, or the list alone. One
/// that can't be read in full, or that has a tool twice, is none. Never throws for any bytes.
/// </summary>
public static class ToolInventoryReader
{
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out IReadOnlyDictionary<string, ToolMetadata>? tools)
    {
        tools = null;
        var text = json.TrimStart(" \t\r\n"u8);
        byte[] whole = text is [(byte)'[', ..] ? [.. "{\"items\":"u8, .. text, (byte)'}'] : text.ToArray();
        if (!StrictDocument.TryParse(whole, out var document))
        {
            return false;
        }

        using (document)
        {
            var errors = new IntentErrors();
            var fields = new JsonFields(document.RootElement, "", errors);
            var listed = fields.Any("items") is not null;
            var items = fields.Sections("items", ReadTool);
            fields.End();
            var distinct = items.DistinctBy(tool => tool.ToolName).ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
            tools = listed && !errors.Any && distinct.Count == items.Count ? distinct : null;
            return tools is not null;
        }
    }

    private static ToolMetadata ReadTool(JsonFields fields) =>
        new(
            fields.Required("tool_name", fields.Lower("tool_name")),
            fields.Lower("data_class"),
            fields.Lower("endpoint_class"),
            fields.Lower("autonomy_level")
        );
}
