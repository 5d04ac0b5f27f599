using System.Security.Cryptography;

namespace Gateway.Connectors.Vaults;

/// <summary>Reads <c>&lt;key id&gt;:&lt;base64&gt;</c>, the current key first and older ones behind commas.</summary>
internal static class KeySetting
{
    /// <value>The most keys in one setting: one current, and older ones that something may still be sealed with.</value>
    public const int MaxKeys = 16;

    private const string Shape = "Write it as '<key id>:<base64 of 32 random bytes>', older keys behind commas.";

    /// <summary>The keys, or null with every problem added to <paramref name="errors"/>. No message holds a part of the text.</summary>
    public static IReadOnlyList<NamedKey>? Parse(string setting, string text, List<KeyError> errors)
    {
        var before = errors.Count;
        var entries = text.Split(',');
        if (entries.Length > MaxKeys)
        {
            errors.Add(new KeyError(setting, $"holds {entries.Length} keys; at most {MaxKeys} are read.", "Rotate, then drop the oldest."));
            return null;
        }

        var keys = new List<NamedKey>(entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            if (ParseEntry(setting, i + 1, entries[i].AsSpan().Trim(), errors) is { } key)
            {
                AddDistinct(setting, key, keys, errors);
            }
        }

        return errors.Count == before ? keys : null;
    }

    /// <summary>The text that <see cref="Parse"/> reads back. It is the key: it goes into a protected file and nowhere else.</summary>
    public static string Format(NamedKey key) => $"{key.Id}:{Convert.ToBase64String(key.Bytes)}";

    private static NamedKey? ParseEntry(string setting, int position, ReadOnlySpan<char> entry, List<KeyError> errors)
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

    private static void AddDistinct(string setting, NamedKey key, List<NamedKey> keys, List<KeyError> errors)
    {
        if (keys.Any(k => k.Id == key.Id))
        {
            errors.Add(new KeyError(setting, $"has two keys with the id '{key.Id}'.", "Give each key an id of its own."));
            return;
        }

        keys.Add(key);
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
