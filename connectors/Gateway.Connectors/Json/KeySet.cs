using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Json;

/// <summary>
/// The names of all objects that are open at one point of a text, as one stack of hashes: an object's own lie together on top when it ends.
/// Works in the caller's memory until that is full, then in pooled memory. Comparing takes n log n at worst, whatever the names are.
/// </summary>
internal ref struct KeySet
{
    private const int FewKeys = 16;

    private Span<ulong> _keys;
    private ulong[]? _rented;
    private int _count;
    private int _open;
    private Bases _bases;

    public KeySet(Span<ulong> scratch) => _keys = scratch;

    public void Open() => _bases[_open++] = _count;

    public void Add(ulong key)
    {
        if (_count == _keys.Length)
        {
            Grow();
        }

        _keys[_count++] = key;
    }

    /// <summary>Ends the innermost object; false when it had one name twice.</summary>
    public bool Close()
    {
        var first = _bases[--_open];
        var keys = _keys[first.._count];
        _count = first;
        return keys.Length <= FewKeys ? AreFewDistinct(keys) : AreManyDistinct(keys);
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<ulong>.Shared.Return(_rented);
            _rented = null;
            _keys = default;
        }
    }

    private static bool AreFewDistinct(ReadOnlySpan<ulong> keys)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[..i].Contains(keys[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreManyDistinct(Span<ulong> keys)
    {
        keys.Sort();
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] == keys[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private void Grow()
    {
        var larger = ArrayPool<ulong>.Shared.Rent(Math.Max(256, _keys.Length * 2));
        _keys[.._count].CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<ulong>.Shared.Return(_rented);
        }

        _rented = larger;
        _keys = larger;
    }

    [InlineArray(StrictJsonReader.MaxDepth + 1)]
    private struct Bases
    {
        private int _first;
    }
}

/// <summary>
/// A 64-bit hash of a member's name under a key that each process draws anew. Equal hashes are taken for equal names only where
/// that refuses: a collision costs whoever made it their request, and never hides a duplicate.
/// </summary>
internal static class KeyHash
{
    private const int ShortName = 256; // In bytes. A longer one costs an allocation.
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15; // The golden ratio in 64 bits: odd, and without a pattern.

    private static readonly ulong First = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static readonly ulong Second = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    public static ulong Compute(ReadOnlySpan<byte> name)
    {
        var hash = First ^ ((ulong)name.Length * Odd);
        while (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name), Second);
            name = name[sizeof(ulong)..];
        }

        ulong tail = 0;
        foreach (var b in name)
        {
            tail = (tail << 8) | b;
        }

        return Mix(Mix(hash ^ tail, Second) ^ First, Odd);
    }

    /// <summary>Equal for names that are alike (<see cref="LooseText"/>).</summary>
    public static ulong ComputeLoose(ReadOnlySpan<byte> name)
    {
        Span<byte> lower = stackalloc byte[ShortName];
        if (name.Length <= ShortName && Ascii.ToLower(name, lower, out var written) == OperationStatus.Done)
        {
            return Compute(lower[..written]);
        }

        return Compute(Encoding.UTF8.GetBytes(LooseText.Fold(Encoding.UTF8.GetString(name))));
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
