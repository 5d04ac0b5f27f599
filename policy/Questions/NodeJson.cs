using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Documents;

namespace Gateway.Policy.Questions;

/// <summary>A part of a YAML document as JSON: plain scalars as JSON would read them (YAML 1.2.2, 10.2), the rest as text.</summary>
internal static class NodeJson
{
    public static byte[] Bytes(Node node) => JsonSerializer.SerializeToUtf8Bytes(Of(node));

    private static JsonNode? Of(Node node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, Of(e.Value.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        ScalarNode scalar => Of(scalar),
        _ => throw new InvalidOperationException("There is no other kind of node."),
    };

    private static JsonNode? Of(ScalarNode scalar)
    {
        if (scalar.IsNull)
        {
            return null;
        }

        var isNumber = scalar.Plain && (char.IsAsciiDigit(scalar.Text[0]) || scalar.Text[0] == '-')
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        try
        {
            return isNumber || (scalar.Plain && scalar.Text is "true" or "false") ? JsonNode.Parse(scalar.Text) : JsonValue.Create(scalar.Text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(scalar.Text); // 007 is no number in JSON.
        }
    }
}
