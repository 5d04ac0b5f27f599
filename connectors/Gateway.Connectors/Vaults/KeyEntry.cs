using System.Security.Cryptography;

namespace Gateway.Connectors.Vaults;

/// <summary>Reads one key of a setting, <c>&lt;key id&gt;:&lt;base64&gt;</c>.</summary>
internal static class KeyEntry
{
    private const string Shape = "Write it as '<key id>:<base64 of 32 random bytes>', older keys behind commas.";

    /// <summary>Null with the problem added to <paramref name="errors"/>.</summary>
    /// <param name="position">Which key of the setting it is, from 1.</param>
    public static NamedKey? Parse(string setting, int position, ReadOnlySpan<char> entry, List<KeyError> errors)
    {
        var colon = entry.IndexOf(':');
        if (colon < 0 || !NamedKey.IsId(entry[..colon]))
        {
            var remedy = $"{Shape} An id has 1 to {NamedKey.MaxIdLength} letters, digits, '_' and '-'.";
            errors.Add(new KeyError(setting, $"has no key id in front of key {position}.", remedy));
            return null;
        }

        Span<byte> bytes = stackalloc byte[NamedKey.Length];
        var problem = Decode(entry[(colon + 1)..], bytes);
        if (problem is not null)
        {
            errors.Add(new KeyError(setting, $"{problem} (key {position}).", $"{Shape} Make one with: openssl rand -base64 32"));
            return null;
        }

        var key = new NamedKey(entry[..colon].ToString(), bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>
    /// Null when it went well, else what is wrong. Both base64 alphabets, with and without padding (RFC 4648, sections 4 and 5).
    /// </summary>
    private static string? Decode(ReadOnlySpan<char> text, Span<byte> key)
    {
        const int longest = 44;
        if (text.Length > longest)
        {
            return $"isn't base64 of exactly {NamedKey.Length} bytes";
        }

        Span<char> plain = stackalloc char[longest];
        var length = text.TrimEnd('=').Length;
        text[..length].Replace(plain, '-', '+');
        plain[..length].Replace('_', '/');
        plain[length..].Fill('=');
        if (length != 43 || !Convert.TryFromBase64Chars(plain, key, out var written) || written != NamedKey.Length)
        {
            return $"isn't base64 of exactly {NamedKey.Length} bytes";
        }

        // A placeholder, such as all zeros, is a key that everybody has.
        return key.ContainsAnyExcept(key[0]) ? null : "is one byte repeated, which is no key";
    }
}
