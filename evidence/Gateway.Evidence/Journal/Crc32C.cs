using System.Buffers.Binary;
using System.Numerics;

namespace Gateway.Evidence.Journal;

/// <summary>
/// CRC-32C (Castagnoli; RFC 3720 appendix B.4), by the processor's own instruction where it has one. That waits three cycles for its own
/// last result but can begin each cycle, so that three blocks are worked on at once, and their sums put together.
/// </summary>
internal static class Crc32C
{
    /// <value>Bytes. Small enough that the short record of an outcome has three.</value>
    private const int Block = 128;

    /// <summary>For each byte of a sum, what it comes to behind a block of zeros; a sum is the exclusive or of its bytes'.</summary>
    private static readonly uint[] BehindZeros =
    [
        .. Enumerable.Range(0, 4 * 256).Select(i => WithZeros((uint)(i % 256) << (8 * (i / 256)))),
    ];

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= 3 * Block; data = data[(3 * Block)..])
        {
            crc = OfThree(crc, data);
        }

        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (var b in data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }

    private static uint OfThree(uint crc, ReadOnlySpan<byte> data)
    {
        var (a, b, c) = (crc, 0u, 0u);
        for (var i = 0; i < Block; i += sizeof(ulong))
        {
            a = BitOperations.Crc32C(a, BinaryPrimitives.ReadUInt64LittleEndian(data[i..]));
            b = BitOperations.Crc32C(b, BinaryPrimitives.ReadUInt64LittleEndian(data[(Block + i)..]));
            c = BitOperations.Crc32C(c, BinaryPrimitives.ReadUInt64LittleEndian(data[((2 * Block) + i)..]));
        }

        return Behind(Behind(a) ^ b) ^ c;
    }

    /// <summary>A sum behind a block of zeros: the same as <see cref="WithZeros"/> in four steps.</summary>
    private static uint Behind(uint crc) =>
        BehindZeros[crc & 0xFF]
        ^ BehindZeros[256 + ((crc >> 8) & 0xFF)]
        ^ BehindZeros[512 + ((crc >> 16) & 0xFF)]
        ^ BehindZeros[768 + (crc >> 24)];

    private static uint WithZeros(uint crc)
    {
        for (var i = 0; i < Block; i += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, 0ul);
        }

        return crc;
    }
}
