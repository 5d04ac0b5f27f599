using System.Numerics;
using System.Text;

namespace Gateway.Connectors.Json;

/// <summary>What each of a fixed set of names means, looked up by bytes without allocating. Immutable and thread-safe.</summary>
internal sealed class NameTable<T>
    where T : struct
{
    private readonly Slot[] _slots;
    private readonly ulong _mask;

    /// <exception cref="ArgumentException">A name is given twice.</exception>
    public NameTable(IReadOnlyCollection<KeyValuePair<string, T>> entries)
    {
        Entries = entries;
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)(entries.Count + 1) * 2)];
        _mask = (ulong)_slots.Length - 1;
        foreach (var (name, value) in entries)
        {
            Add(name, Encoding.UTF8.GetBytes(name), value);
        }
    }

    public IReadOnlyCollection<KeyValuePair<string, T>> Entries { get; }

    /// <param name="text">The name as the table has it, so that telling it costs no allocation.</param>
    public bool TryFind(scoped ReadOnlySpan<byte> name, ulong hash, out T value, out string text)
    {
        for (var at = hash & _mask; _slots[at].Name is { } candidate; at = (at + 1) & _mask)
        {
            if (_slots[at].Hash == hash && name.SequenceEqual(candidate))
            {
                value = _slots[at].Value;
                text = _slots[at].Text;
                return true;
            }
        }

        value = default;
        text = "";
        return false;
    }

    private void Add(string text, byte[] name, T value)
    {
        var hash = KeyHash.Compute(name);
        if (TryFind(name, hash, out _, out _))
        {
            throw new ArgumentException($"'{text}' is in the table twice.");
        }

        var at = hash & _mask;
        while (_slots[at].Name is not null)
        {
            at = (at + 1) & _mask;
        }

        _slots[at] = new Slot(text, name, hash, value);
    }

    private readonly record struct Slot(string Text, byte[]? Name, ulong Hash, T Value);
}
