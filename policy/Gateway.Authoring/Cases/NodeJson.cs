using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Documents;

namespace Gateway.Authoring.Cases;

/// <summary>A part of a YAML document as JSON: plain scalars as JSON would read them (YAML 1.2.2, 10.2), the rest as text.</summary>
internal static class NodeJson
{
    public static byte[] Bytes(Node node) => JsonSerializer.SerializeToUtf8Bytes(Of(node));

    private static JsonNode? Of(Node node) =>
        node switch
        {
            MappingNode mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value.Value)))),
            SequenceNode sequence => new JsonArray([.. sequence.Items.Select(Of)]),
            ScalarNode scalar => Of(scalar),
            _ => throw new InvalidOperationException("There is no other kind of node."),
        };

    private static JsonNode? Of(ScalarNode scalar) =>
        scalar switch
        {
            { IsNull: true } => null,
            { Plain: true, Text: "true" or "false" } => JsonValue.Create(scalar.Text == "true"),
            { Plain: true } when IsNumber(scalar.Text) => JsonNode.Parse(scalar.Text),
            _ => JsonValue.Create(scalar.Text),
        };

    /// <summary>By JSON's own grammar, so that 007 and +1 stay text; a number that no double can hold too.</summary>
    private static bool IsNumber(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Number
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
