using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Evidence.Signing;

/// <summary>Public keys as they are published: a JSON Web Key Set (RFC 7517) of OKP keys (RFC 8037).</summary>
public static class PublicKeySet
{
    /// <value>Bytes of a file that is read.</value>
    private const int MaxLength = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

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
        var keys = text.StartsWith('{') ? OfSet(text) : OfLines(text);
        return keys is { Count: > 0 } ? keys : null;
    }

    private static List<Ed25519PublicKey>? OfLines(string text)
    {
        var keys = new List<Ed25519PublicKey>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Ed25519PublicKey.TryParse(line, out var key))
            {
                return null;
            }

            keys.Add(key);
        }

        return keys;
    }

    private static List<Ed25519PublicKey>? OfSet(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            var keys = new List<Ed25519PublicKey>();
            foreach (var item in document.RootElement.GetProperty("keys").EnumerateArray())
            {
                // Keys of other kinds are for others (RFC 7517, section 5).
                if (item.GetProperty("kty").GetString() == "OKP" && item.GetProperty("crv").GetString() == "Ed25519")
                {
                    if (!Ed25519PublicKey.TryCreate(Base64Url.DecodeFromChars(item.GetProperty("x").GetString()), out var key))
                    {
                        return null;
                    }

                    keys.Add(key);
                }
            }

            return keys;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
