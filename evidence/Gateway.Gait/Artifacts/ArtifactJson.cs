using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Gait.Artifacts;

/// <summary>JSON as artifacts are digested and kept: canonical (RFC 8785), one object.</summary>
public static class ArtifactJson
{
    /// <summary>The canonical bytes of a value.</summary>
    /// <exception cref="FormatException">It has what canonical JSON has no form for, such as an integer beyond 2^53.</exception>
    public static byte[] Canonical(JsonNode value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = CanonicalJson.MaxDepth }))
        {
            value.WriteTo(json);
        }

        return CanonicalJson.Canonicalise(buffer.WrittenSpan);
    }

    /// <summary>SHA-256 of the canonical bytes.</summary>
    /// <exception cref="FormatException">It has no canonical form.</exception>
    public static Sha256Digest Digest(JsonNode value) => Sha256Digest.Compute(Canonical(value));

    /// <summary>The digest of an object without one of its members, as it is signed.</summary>
    /// <exception cref="FormatException">It has no canonical form.</exception>
    public static Sha256Digest DigestWithout(JsonObject value, string member)
    {
        var rest = (JsonObject)value.DeepClone();
        rest.Remove(member);
        return Digest(rest);
    }

    /// <summary>One strict JSON object, whatever its layout; false for anything else. Never throws on any bytes.</summary>
    /// <param name="error">What is wrong; it quotes at most a character.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonObject? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        var canonical = new ArrayBufferWriter<byte>();
        if (!CanonicalJson.TryCanonicalise(json, canonical, out error))
        {
            return false;
        }

        // From the text itself, so that the order of its members is kept: the check of its layout needs it.
        value = JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth }) as JsonObject;
        error = value is null ? "It must be a JSON object." : null;
        return value is not null;
    }

    /// <summary>A member that is text; empty where it is anything else or isn't there.</summary>
    public static string Text(this JsonObject value, string name) =>
        value[name] is JsonValue text && text.TryGetValue<string>(out var read) ? read : "";

    /// <summary>The objects of a member that is a list; what isn't an object is left out.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject value, string name) =>
        (value[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The texts of a member that is a list; what isn't text is left out.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject value, string name) =>
        [
            .. ((value[name] as JsonArray) ?? [])
                .OfType<JsonValue>()
                .Where(v => v.GetValueKind() == JsonValueKind.String)
                .Select(v => v.GetValue<string>()),
        ];

    public static JsonArray ToJson(this IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
