using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Gateway.Platform.Tests.Charts;

/// <summary>YAML as JSON, which the tests walk through and change.</summary>
internal static class Yaml
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>Every document that isn't empty.</summary>
    public static IEnumerable<JsonNode> All(string text) =>
        text.Split("\n---")
            .Select(part => part.StartsWith("---", StringComparison.Ordinal) ? part[3..] : part)
            .Select(part => Node(Reader.Deserialize<object?>(part)))
            .OfType<JsonNode>();

    public static JsonNode One(string text) => Node(Reader.Deserialize<object?>(text)) ?? new JsonObject();

    private static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            IDictionary<object, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create($"{pair.Key}", Node(pair.Value)))),
            IEnumerable<object?> list => new JsonArray([.. list.Select(Node)]),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            _ => JsonValue.Create(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)),
        };
}
