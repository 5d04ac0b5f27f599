using System.Text;
using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Arguments that come as an object, as a text that holds one, or not at all.</summary>
internal static class CallArguments
{
    /// <summary>Null for none; anything but an object is an error.</summary>
    public static JsonElement? Read(JsonFields fields, string name)
    {
        if (fields.Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        if (
            value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && (text.Trim().Length == 0 || Parse(text) is not null)
        )
        {
            return text.Trim().Length == 0 ? null : Parse(text);
        }

        fields.Fail(name, "It must be a JSON object, or a text that holds one.");
        return null;
    }

    private static JsonElement? Parse(string text)
    {
        if (!StrictDocument.TryParse(Encoding.UTF8.GetBytes(text), out var document))
        {
            return null;
        }

        using (document)
        {
            return document.RootElement.Clone();
        }
    }
}
