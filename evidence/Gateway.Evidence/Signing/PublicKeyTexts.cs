using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Evidence.Signing;

/// <summary>Reads public keys out of texts. Null where one can't be read.</summary>
internal static class PublicKeyTexts
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Lines that each hold one key in base64.</summary>
    public static List<Ed25519PublicKey>? OfLines(string text)
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

    /// <summary>A JSON Web Key Set; its keys of other kinds are left out.</summary>
    public static List<Ed25519PublicKey>? OfSet(string text)
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
