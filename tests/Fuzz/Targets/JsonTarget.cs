using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Gateway.Connectors.Json;
using Gateway.Policy.Canonical;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// Accepted is exactly what System.Text.Json accepts as UTF-8 with every name once and whole characters only. The canonical form has the
/// same value, is canonical, and is its own.
/// </summary>
internal static class JsonTarget
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void Check(byte[] input)
    {
        using var document = Parse(input);
        var isAccepted = StrictJson.IsValue(input);
        Promise.Same(document is not null, isAccepted, "JSON is what System.Text.Json takes for it, with one reading.");
        Promise.Same(
            isAccepted && document!.RootElement.ValueKind == JsonValueKind.Object,
            StrictJson.IsObject(input),
            "An object is one."
        );

        var output = new ArrayBufferWriter<byte>();
        var isCanonicalised = CanonicalJson.TryCanonicalise(input, output, out _);
        Promise.That(isAccepted || !isCanonicalised, "What has a canonical form has one reading.");
        var isOwn = isCanonicalised && output.WrittenSpan.SequenceEqual(input);
        Promise.Same(isOwn, CanonicalJson.IsCanonical(input), "Canonical is what is its own canonical form.");
        if (!isCanonicalised)
        {
            Promise.Same(0, output.WrittenCount, "What is refused writes nothing.");
            return;
        }

        var canonical = output.WrittenSpan.ToArray();
        Promise.That(CanonicalJson.IsCanonical(canonical), "A canonical form is canonical.");
        using var again = Parse(canonical);
        Promise.That(again is not null && HasSameValue(document!.RootElement, again.RootElement), "A canonical form has the same value.");
    }

    /// <summary>Null for what is no JSON, or JSON that is read in more than one way.</summary>
    private static JsonDocument? Parse(byte[] json)
    {
        if (!Utf8.IsValid(json) || json.AsSpan().StartsWith("\uFEFF"u8))
        {
            return null;
        }

        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, Strict);
            ReadTexts(document.RootElement);
            return document;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            return null; // The second is for half of a surrogate pair.
        }
    }

    private static void ReadTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }

    private static bool HasSameValue(JsonElement one, JsonElement other) =>
        one.ValueKind == other.ValueKind
        && one.ValueKind switch
        {
            JsonValueKind.Number => one.GetDouble().Equals(other.GetDouble()) || (one.GetDouble() == 0 && other.GetDouble() == 0),
            JsonValueKind.String => one.GetString() == other.GetString(),
            JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength()
                && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => HasSameValue(pair.First, pair.Second)),
            JsonValueKind.Object => one.EnumerateObject().Count() == other.EnumerateObject().Count()
                && one.EnumerateObject().All(m => other.TryGetProperty(m.Name, out var value) && HasSameValue(m.Value, value)),
            _ => true,
        };
}
