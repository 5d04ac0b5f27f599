using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// Values by key that stop to matter at a time. Bounded: it refuses a new key rather than forget a live one. Looks for dead ones only when
/// it is full, and at most once a second. Not thread-safe.
/// </summary>
internal sealed class KeyTable<TKey, T>(int capacity)
    where TKey : notnull, IEquatable<TKey>
{
    private readonly Dictionary<TKey, (T Value, long Until)> _entries = [];
    private long _sweptAt = long.MinValue;

    public int Count => _entries.Count;

    public bool TryGet(TKey key, long now, out T value)
    {
        var live = _entries.TryGetValue(key, out var entry) && entry.Until > now;
        value = entry.Value;
        return live;
    }

    /// <summary>Whether so many more keys fit.</summary>
    public bool HasRoom(int wanted, long now)
    {
        if (_entries.Count + wanted > capacity && (_sweptAt == long.MinValue || Math.Abs(now - _sweptAt) >= Micros.PerSecond))
        {
            Sweep(now);
        }

        return _entries.Count + wanted <= capacity;
    }

    public void Set(TKey key, T value, long until) => _entries[key] = (value, until);

    public bool Remove(TKey key, long now) => _entries.Remove(key, out var entry) && entry.Until > now;

    private void Sweep(long now)
    {
        _sweptAt = now;
        foreach (var (key, entry) in _entries)
        {
            if (entry.Until <= now)
            {
                _entries.Remove(key);
            }
        }
    }
}

/// <summary>The nonces of one tenant that may not come again. Bounded: it refuses rather than forget. Not thread-safe.</summary>
/// <remarks>
/// It keeps 128 bits of each one's SHA-256 and no objects. A nonce is what outlives its request, and the collector pays for each object
/// that does: with strings it stopped all requests for two to three times as long. Two nonces with the same 128 bits would be a refusal too
/// many, never an admission.
/// </remarks>
internal sealed class NonceTable(int capacity)
{
    // Few enough that no request pays for a crowd, more than one so that the table shrinks.
    private const int ForgottenAtOnce = 4;

    /// <summary>Nobody outside can look for two nonces of one mark; were there two, the later would be refused, never let in.</summary>
    private static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private readonly HashSet<UInt128> _seen = [];
    private readonly PriorityQueue<UInt128, long> _expiry = new();

    public int Count => _seen.Count;

    /// <summary>Makes room where it can; false when every remembered nonce must still be remembered.</summary>
    public bool HasRoom(long now)
    {
        Forget(now, ForgottenAtOnce);
        return _seen.Count < capacity;
    }

    public bool Contains(UInt128 mark) => _seen.Contains(mark);

    public void Add(UInt128 mark, long until)
    {
        _seen.Add(mark);
        _expiry.Enqueue(mark, until);
    }

    /// <summary>What is kept of a nonce. Its parts are bounded by <see cref="AdmissionValidation.MaxName"/>.</summary>
    public static UInt128 MarkOf(NonceUse nonce)
    {
        Span<char> text = stackalloc char[1 + (2 * AdmissionValidation.MaxName)];
        text[0] = (char)nonce.KeyId.Length; // So that no other pair is the same text.
        nonce.KeyId.CopyTo(text[1..]);
        nonce.Value.CopyTo(text[(1 + nonce.KeyId.Length)..]);

        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text[..(1 + nonce.KeyId.Length + nonce.Value.Length)]), Seed);
    }

    private void Forget(long now, int most)
    {
        while (most-- > 0 && _expiry.TryPeek(out var mark, out var until) && until <= now)
        {
            _expiry.Dequeue();
            _seen.Remove(mark);
        }
    }
}
