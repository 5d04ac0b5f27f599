using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Evidence.Signing;

/// <summary>Public keys as they are published: a JSON Web Key Set (RFC 7517) of OKP keys (RFC 8037).</summary>
public static class PublicKeySet
{
    /// <value>Bytes of a file that is read.</value>
    private const int MaxLength = 1 << 20;

    /// <summary>The set's bytes. A key's <c>kid</c> is its <see cref="Ed25519PublicKey.KeyId"/>.</summary>
    public static byte[] Write(IReadOnlyList<Ed25519PublicKey> keys)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("kty", "OKP");
                json.WriteString("crv", "Ed25519");
                json.WriteString("use", "sig");
                json.WriteString("alg", "EdDSA");
                json.WriteString("kid", key.KeyId);
                json.WriteString("x", Base64Url.EncodeToString(key.Bytes.Span));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    /// <summary>Reads a key set, or lines that each hold one key in base64. Null where a key can't be read, or there is none.</summary>
    public static IReadOnlyList<Ed25519PublicKey>? Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaxLength || !System.Text.Unicode.Utf8.IsValid(content.Span))
        {
            return null;
        }

        var text = NoteText.Utf8.GetString(content.Span).Trim();
        var keys = text.StartsWith('{') ? PublicKeyTexts.OfSet(text) : PublicKeyTexts.OfLines(text);
        return keys is { Count: > 0 } ? keys : null;
    }
}
