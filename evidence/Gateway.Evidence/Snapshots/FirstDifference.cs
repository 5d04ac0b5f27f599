using System.Globalization;
using System.Text.Json;

namespace Gateway.Evidence.Snapshots;

/// <summary>Where two values in canonical form first differ.</summary>
/// <param name="Member">A JSON pointer (RFC 6901), such as <c>/path/3/outcome</c>; empty where the values themselves differ.</param>
/// <param name="Recorded">What one of them has there, shortened; "nothing" where it has no such member.</param>
/// <param name="Derived">The same of the other.</param>
internal sealed record FirstDifference(string Member, string Recorded, string Derived)
{
    /// <value>Characters of a value that are shown. A record can hold long texts.</value>
    private const int Shown = 80;

    private const string Nothing = "nothing";

    /// <summary>Null for the same bytes.</summary>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public static FirstDifference? Find(ReadOnlyMemory<byte> recorded, ReadOnlyMemory<byte> derived)
    {
        if (recorded.Span.SequenceEqual(derived.Span))
        {
            return null;
        }

        using var left = JsonDocument.Parse(recorded);
        using var right = JsonDocument.Parse(derived);

        // The bytes differ, whatever a comparison of values finds: there is a difference in any case.
        return In("", left.RootElement, right.RootElement) ?? new FirstDifference("", Show(left.RootElement), Show(right.RootElement));
    }

    public override string ToString() => $"{(Member.Length == 0 ? "it" : Member)} is {Recorded} in the record, and {Derived} follows.";

    private static FirstDifference? In(string at, JsonElement? recorded, JsonElement? derived) =>
        (recorded, derived) switch
        {
            ({ ValueKind: JsonValueKind.Object } left, { ValueKind: JsonValueKind.Object } right) => InObject(at, left, right),
            ({ ValueKind: JsonValueKind.Array } left, { ValueKind: JsonValueKind.Array } right) => InArray(at, left, right),
            ({ } left, { } right) when left.GetRawText() == right.GetRawText() => null,
            _ => new FirstDifference(at, Show(recorded), Show(derived)),
        };

    private static FirstDifference? InObject(string at, JsonElement left, JsonElement right)
    {
        var names = left.EnumerateObject()
            .Concat(right.EnumerateObject())
            .Select(member => member.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return names
            .Select(name => In($"{at}/{Escape(name)}", Find(left, name), Find(right, name)))
            .FirstOrDefault(difference => difference is not null);
    }

    private static FirstDifference? InArray(string at, JsonElement left, JsonElement right)
    {
        for (var i = 0; i < Math.Max(left.GetArrayLength(), right.GetArrayLength()); i++)
        {
            if (In(string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"), Find(left, i), Find(right, i)) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static JsonElement? Find(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Find(JsonElement json, int index) => index < json.GetArrayLength() ? json[index] : null;

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Show(JsonElement? value) =>
        value?.GetRawText() is not { } text ? Nothing
        : text.Length <= Shown ? text
        : string.Concat(text.AsSpan(0, Shown), "…");
}
