using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Gait.Artifacts;

/// <summary>Members of artifacts, read without an error and written where they say something: another kind counts as not there.</summary>
public static class ArtifactMembers
{
    /// <summary>A member that is text; empty where it is anything else or isn't there.</summary>
    public static string Text(this JsonObject value, string name) =>
        value[name] is JsonValue text && text.TryGetValue<string>(out var read) ? read : "";

    /// <summary>The objects of a member that is a list; what isn't an object is left out.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject value, string name) =>
        (value[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The texts of a member that is a list; what isn't text is left out.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject value, string name) =>
        [
            .. ((value[name] as JsonArray) ?? [])
                .OfType<JsonValue>()
                .Where(v => v.GetValueKind() == JsonValueKind.String)
                .Select(v => v.GetValue<string>()),
        ];

    public static JsonArray ToJson(this IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Adds a member; none where there is no text.</summary>
    internal static void AddIfText(this JsonObject value, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            value[name] = text;
        }
    }

    /// <summary>Adds a member; none for an empty list.</summary>
    internal static void AddIfAny(this JsonObject value, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            value[name] = texts.ToJson();
        }
    }

    /// <summary>Adds a member; none for 0.</summary>
    internal static void AddIfPositive(this JsonObject value, string name, int number)
    {
        if (number > 0)
        {
            value[name] = number;
        }
    }
}
