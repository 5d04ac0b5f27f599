using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Connectors.Json;

/// <summary>
/// A 64-bit hash of a member's name under a key that each process draws anew. Equal hashes are taken for equal names only where
/// that refuses: a collision costs whoever made it their request, and never hides a duplicate.
/// </summary>
internal static class KeyHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15; // The golden ratio in 64 bits: odd, and without a pattern.

    private static readonly ulong First = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static readonly ulong Second = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    public static ulong Of(ReadOnlySpan<byte> name)
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

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
