using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Gateway.Policy.Rules.Intents;

/// <summary>What rules read from the free <c>auth_context</c>.</summary>
internal static class AuthContext
{
    public const string AgeKey = "context_age_seconds";

    public static ToolMetadata ToolMetadata(ReadOnlyMemory<byte> auth)
    {
        if (auth.IsEmpty)
        {
            return new ToolMetadata();
        }

        using var document = JsonDocument.Parse(auth);
        var root = document.RootElement;
        return new ToolMetadata(
            Lower(root, "wrkr.tool_name"),
            Lower(root, "wrkr.data_class"),
            Lower(root, "wrkr.endpoint_class"),
            Lower(root, "wrkr.autonomy_level")
        );
    }

    /// <summary>Null where it isn't there or isn't a number of seconds.</summary>
    public static long? AgeSeconds(ReadOnlyMemory<byte> auth)
    {
        if (auth.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(auth);
        if (!document.RootElement.TryGetProperty(AgeKey, out var age))
        {
            return null;
        }

        var text = age.ValueKind switch
        {
            JsonValueKind.Number => age.GetRawText(),
            JsonValueKind.String => age.GetString(),
            _ => null,
        };
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
    }

    /// <summary>The same without one name; empty when nothing is left.</summary>
    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> auth, string name)
    {
        if (auth.IsEmpty)
        {
            return auth;
        }

        using var document = JsonDocument.Parse(auth);
        if (!document.RootElement.TryGetProperty(name, out _))
        {
            return auth;
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name != name))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return json.WrittenCount > "{}".Length ? json.WrittenMemory : default;
    }

    private static string Lower(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Trim().ToLowerInvariant()
            : "";
}
