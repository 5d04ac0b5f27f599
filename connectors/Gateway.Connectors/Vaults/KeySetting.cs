namespace Gateway.Connectors.Vaults;

/// <summary>Reads <c>&lt;key id&gt;:&lt;base64&gt;</c>, the current key first and older ones behind commas.</summary>
internal static class KeySetting
{
    /// <value>The most keys in one setting: one current, and older ones that something may still be sealed with.</value>
    public const int MaxKeys = 16;

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
            if (KeyEntry.Parse(setting, i + 1, entries[i].AsSpan().Trim(), errors) is { } key)
            {
                AddDistinct(setting, key, keys, errors);
            }
        }

        return errors.Count == before ? keys : null;
    }

    /// <summary>The text that <see cref="Parse"/> reads back. It is the key: it goes into a protected file and nowhere else.</summary>
    public static string Format(NamedKey key) => $"{key.Id}:{Convert.ToBase64String(key.Bytes)}";

    private static void AddDistinct(string setting, NamedKey key, List<NamedKey> keys, List<KeyError> errors)
    {
        if (keys.Any(k => k.Id == key.Id))
        {
            errors.Add(new KeyError(setting, $"has two keys with the id '{key.Id}'.", "Give each key an id of its own."));
            return;
        }

        keys.Add(key);
    }
}
