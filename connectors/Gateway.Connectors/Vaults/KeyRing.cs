using System.Diagnostics;
using System.Text;

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

/// <summary>One key of 32 bytes and its public id. Immutable; never shows its bytes.</summary>
[DebuggerDisplay("{Id}:***")]
public sealed class NamedKey
{
    /// <value>The key's length in bytes: AES-256, and the block that HMAC-SHA256 is strongest with.</value>
    public const int Length = 32;

    /// <value>The longest id, in characters.</value>
    public const int MaxIdLength = 32;

    private readonly byte[] _bytes;

    /// <exception cref="ArgumentException">The id isn't one, or the key isn't 32 bytes long.</exception>
    public NamedKey(string id, ReadOnlySpan<byte> bytes)
    {
        if (!IsId(id))
        {
            throw new ArgumentException($"A key id has 1 to {MaxIdLength} letters, digits, '_' and '-'.", nameof(id));
        }

        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A key has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        Id = id;
        _bytes = bytes.ToArray();
        Hash = new KeyedHash(bytes);
    }

    /// <value>1 to 32 characters of <c>A-Z a-z 0-9 _ -</c>: no dot and no colon, which separate it from what follows.</value>
    public string Id { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>HMAC with SHA-256 under this key.</summary>
    public KeyedHash Hash { get; }

    /// <summary>
    /// The same under a key of its own for one use, which comes from this one, so that no code of one use is one of another.
    /// </summary>
    /// <param name="label">ASCII, and never used for anything else.</param>
    public KeyedHash HashFor(string label)
    {
        Span<byte> derived = stackalloc byte[KeyedHash.Length];
        Hash.Compute(Encoding.ASCII.GetBytes(label), derived);
        return new KeyedHash(derived);
    }

    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxIdLength)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => Id + ":***";
}
