using System.Text.Json;

namespace Gateway.Samples.Provider.Answering;

/// <summary>Reads fields of a request body; what is absent or null has no value, what has another type is refused.</summary>
internal static class Fields
{
    public static string RequiredText(this JsonElement body, string name) =>
        Find(body, name, JsonValueKind.String)?.GetString() ?? throw new RequestBodyException($"Missing required parameter: '{name}'.");

    public static string? Text(this JsonElement body, string name) => Find(body, name, JsonValueKind.String)?.GetString();

    public static int? Number(this JsonElement body, string name)
    {
        if (Find(body, name, JsonValueKind.Number) is not { } found)
        {
            return null;
        }

        return found.TryGetInt32(out var number) ? number : throw new RequestBodyException($"Invalid value: '{name}'.");
    }

    public static bool Flag(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.True;

    public static JsonElement? Object(this JsonElement body, string name) => Find(body, name, JsonValueKind.Object);

    public static JsonElement? List(this JsonElement body, string name) => Find(body, name, JsonValueKind.Array);

    /// <summary>The members of a list, each an object; null where there is no list.</summary>
    public static JsonElement[]? Objects(this JsonElement body, string name)
    {
        if (body.List(name) is not { } list)
        {
            return null;
        }

        var objects = list.EnumerateArray().ToArray();
        return Array.TrueForAll(objects, item => item.ValueKind == JsonValueKind.Object)
            ? objects
            : throw new RequestBodyException($"Invalid type for '{name}': expected objects.");
    }

    private static JsonElement? Find(JsonElement body, string name, JsonValueKind kind)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return found.ValueKind == kind ? found : throw new RequestBodyException($"Invalid type for '{name}': expected {kind}.");
    }
}

/// <summary>A request that the dialect would refuse, with 400 where nothing else is said. The message reaches the caller.</summary>
internal sealed class RequestBodyException(string message) : Exception(message)
{
    public int Status { get; init; } = StatusCodes.Status400BadRequest;
}
