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
}
