using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>Writes one value into JSON arguments. What can't be read as an object, or stands in the way, is replaced by one.</summary>
internal static class ArgumentEdit
{
    public static ReadOnlyMemory<byte> Set(ReadOnlyMemory<byte> arguments, ArgumentPointer at, JsonNode value)
    {
        var root = Read(arguments);
        JsonNode parent = root;
        for (var i = 0; i < at.Steps.Length; i++)
        {
            parent = Place(parent, NameOf(at, i), i == at.Steps.Length - 1 ? value : null, NameOf(at, i + 1));
        }

        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private static string NameOf(ArgumentPointer at, int step) => step < at.Steps.Length ? Encoding.UTF8.GetString(at.Steps[step]) : "";

    /// <summary>Puts the value there; without one, whatever container stands there and can hold the next name, or a new object.</summary>
    private static JsonNode Place(JsonNode parent, string name, JsonNode? value, string next)
    {
        if (parent is JsonArray array)
        {
            var index = int.Parse(name, CultureInfo.InvariantCulture);
            return array[index] = value ?? Container(array[index], next);
        }

        var members = (JsonObject)parent;
        var child = value ?? Container(members[name], next);
        // The amount must be there once, however the name is capitalised.
        foreach (var like in members.Select(m => m.Key).Where(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            members.Remove(like);
        }

        members[name] = child;
        return child;
    }

    private static JsonNode Container(JsonNode? there, string next) =>
        there is JsonObject
        || (
            there is JsonArray array
            && int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < array.Count
        )
            ? there.DeepClone()
            : new JsonObject();

    private static JsonObject Read(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            return JsonNode.Parse(arguments.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })
                    as JsonObject
                ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
