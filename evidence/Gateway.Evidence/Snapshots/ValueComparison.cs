using System.Globalization;
using System.Text.Json;

namespace Gateway.Evidence.Snapshots;

/// <summary>Walks over two JSON values, member by member, to where they first differ.</summary>
internal static class ValueComparison
{
    /// <summary>Null where the two don't differ.</summary>
    /// <param name="at">Where they are, as a JSON pointer.</param>
    public static FirstDifference? Find(string at, JsonElement? recorded, JsonElement? derived) =>
        (recorded, derived) switch
        {
            ({ ValueKind: JsonValueKind.Object } left, { ValueKind: JsonValueKind.Object } right) => InObject(at, left, right),
            ({ ValueKind: JsonValueKind.Array } left, { ValueKind: JsonValueKind.Array } right) => InArray(at, left, right),
            ({ } left, { } right) when left.GetRawText() == right.GetRawText() => null,
            _ => new FirstDifference(at, FirstDifference.Show(recorded), FirstDifference.Show(derived)),
        };

    private static FirstDifference? InObject(string at, JsonElement left, JsonElement right)
    {
        var names = left.EnumerateObject()
            .Concat(right.EnumerateObject())
            .Select(member => member.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return names
            .Select(name => Find($"{at}/{Escape(name)}", Member(left, name), Member(right, name)))
            .FirstOrDefault(difference => difference is not null);
    }

    private static FirstDifference? InArray(string at, JsonElement left, JsonElement right)
    {
        for (var i = 0; i < Math.Max(left.GetArrayLength(), right.GetArrayLength()); i++)
        {
            if (Find(string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"), Member(left, i), Member(right, i)) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Member(JsonElement json, int index) => index < json.GetArrayLength() ? json[index] : null;

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
