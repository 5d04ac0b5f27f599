using System.Text.Json;

namespace Gateway.Cel.Values;

/// <summary>
/// JSON as values of the language: null, bool, string, list and map as themselves; a number is an int where it is written as an integer
/// that fits 64 bits, and a double otherwise.
/// </summary>
public static class JsonValues
{
    /// <summary>The element's document must live as long as the value. Objects and arrays are wrapped, not copied.</summary>
    public static CelValue From(JsonElement element) => From(element, isUnique: false);

    /// <param name="isUnique">It is known that no object of the document has a name twice.</param>
    internal static CelValue From(JsonElement element, bool isUnique) =>
        element.ValueKind switch
        {
            JsonValueKind.Null => CelValue.Null,
            JsonValueKind.True => CelValue.True,
            JsonValueKind.False => CelValue.False,
            JsonValueKind.Number => element.TryGetInt64(out var integer) ? CelValue.From(integer) : FromReal(element),
            JsonValueKind.String => FromText(element),
            JsonValueKind.Array => CelValue.From(new JsonList(element, isUnique)),
            JsonValueKind.Object => CelValue.From(new JsonMap(element, isUnique)),
            _ => default,
        };

    /// <summary>
    /// False for anything but one JSON value, and for an object that has a name twice or one that is no text. So reading a field never
    /// throws.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out CelValue value)
    {
        value = default;
        try
        {
            value = From(JsonElement.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false }), isUnique: true);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // The second for half of a surrogate pair in a name.
        }
    }

    /// <summary>Half of a surrogate pair, written as an escape, is no text.</summary>
    private static CelValue FromText(JsonElement element)
    {
        try
        {
            return CelValue.From(element.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return CelValue.Fail("a text in the JSON has half a surrogate pair");
        }
    }

    /// <summary>A number too large for a double is no number here: as infinity it would compare as no document meant it.</summary>
    private static CelValue FromReal(JsonElement element) =>
        element.TryGetDouble(out var real) && double.IsFinite(real)
            ? CelValue.From(real)
            : CelValue.Fail("a number in the JSON is too large");
}
