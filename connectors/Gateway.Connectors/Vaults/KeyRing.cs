namespace Gateway.Connectors.Vaults;

/// <summary>The keys of one purpose: the current one makes new things, the older ones still open what they made. Immutable.</summary>
public sealed class KeyRing
{
    private readonly NamedKey[] _keys;

    /// <param name="keys">The current one first; ids are distinct.</param>
    /// <exception cref="ArgumentException">There is no key, or two have one id.</exception>
    public KeyRing(KeyPurpose purpose, IReadOnlyList<NamedKey> keys)
    {
        if (purpose == KeyPurpose.Unspecified || keys.Count == 0)
        {
            throw new ArgumentException("A key ring has a purpose and at least one key.");
        }

        if (keys.Select(k => k.Id).Distinct(StringComparer.Ordinal).Count() != keys.Count)
        {
            throw new ArgumentException("Two keys of one ring have the same id.", nameof(keys));
        }

        Purpose = purpose;
        _keys = [.. keys];
    }

    public KeyPurpose Purpose { get; }

    /// <summary>The one that new things are made with.</summary>
    public NamedKey Current => _keys[0];

    /// <summary>The current one first.</summary>
    public IReadOnlyList<NamedKey> All => _keys;

    /// <summary>The key of this id, current or older; null when there is none.</summary>
    public NamedKey? Find(ReadOnlySpan<char> id)
    {
        foreach (var key in _keys)
        {
            if (id.SequenceEqual(key.Id))
            {
                return key;
            }
        }

        return null;
    }

    public override string ToString() => $"{Purpose}: {string.Join(", ", _keys.Select(k => k.Id))}";
}
