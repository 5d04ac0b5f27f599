using System.Text.Json.Nodes;
using Gateway.Cel.Values;

namespace Gateway.Cli.Conditions;

/// <summary>Values of the language for programs. What JSON has no form for is the text that people are shown.</summary>
internal static class CelJson
{
    private const int Deepest = 60;

    public static JsonNode? Of(in CelValue value) => Of(value, Deepest);

    private static JsonNode? Of(in CelValue value, int depth) =>
        value.Kind switch
        {
            CelKind.Null => null,
            CelKind.Bool => JsonValue.Create(value.AsBool),
            CelKind.Int => JsonValue.Create(value.AsInt),
            CelKind.Uint => JsonValue.Create(value.AsUint),
            CelKind.Double when double.IsFinite(value.AsDouble) => JsonValue.Create(value.AsDouble),
            CelKind.String => JsonValue.Create(value.AsString),
            CelKind.Bytes => JsonValue.Create(Convert.ToBase64String(value.AsBytes)),
            CelKind.List when depth > 0 => List(value.AsList, depth - 1),
            CelKind.Map when depth > 0 => Map(value.AsMap, depth - 1),
            _ => JsonValue.Create(ValueText.Of(value)),
        };

    private static JsonArray List(CelList list, int depth)
    {
        var array = new JsonArray();
        for (var i = 0; i < list.Count; i++)
        {
            array.Add(Of(list[i], depth));
        }

        return array;
    }

    private static JsonObject Map(CelMap map, int depth)
    {
        var json = new JsonObject();
        for (var i = 0; i < map.Count; i++)
        {
            var key = map.KeyAt(i);
            json[key.Kind == CelKind.String ? key.AsString : ValueText.Of(key)] = Of(map.ValueAt(i), depth);
        }

        return json;
    }
}
