using System.Text.Json;

namespace Gateway.Policy.Rules.Intents;

/// <summary>JSON as it was, but for names and texts: at every depth the white space around them is gone.</summary>
internal static class TrimmedJson
{
    public static void Write(Utf8JsonWriter json, JsonElement value, string path, IntentErrors errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(json, value, path, errors);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, path, errors);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(value.GetString()!.AsSpan().Trim());
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement value, string path, IntentErrors errors)
    {
        json.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            var name = property.Name.Trim();
            if (name.Length == 0)
            {
                errors.Add(path, "It has an empty name.");
            }

            json.WritePropertyName(name);
            Write(json, property.Value, path, errors);
        }

        json.WriteEndObject();
    }
}
