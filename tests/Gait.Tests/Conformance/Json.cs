using System.Globalization;
using System.Text.Json;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Short ways into the index.</summary>
internal static class Json
{
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string Text(this JsonElement element, string name) => element.Get(name)?.GetString() ?? "";

    public static bool Flag(this JsonElement element, string name) => element.Get(name)?.GetBoolean() ?? false;

    public static string[] Texts(this JsonElement element, string name) =>
        element.Get(name) is { } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    public static DateTimeOffset Time(this JsonElement element, string name, DateTimeOffset fallback) =>
        element.Get(name) is { } time ? DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture) : fallback;
}
