using System.Buffers.Binary;
using System.Numerics;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// What stands round a record in a segment: its length (4 bytes, little-endian), the length's CRC-32C, the CRC-32C of what follows, the
/// record's tag (16 bytes), a zero byte, the record. The zero byte is the prefix of a leaf (RFC 6962 section 2.1), so that a leaf is hashed
/// where it lies. The length has a check of its own: a changed one would otherwise look like an incomplete last record, and cutting that
/// would take good records with it.
/// </summary>
internal static class Frame
{
    /// <value>Bytes before the record.</value>
    public const int HeaderLength = LeafOffset + 1;

    /// <value>Offset of the leaf: the zero byte and the record.</value>
    public const int LeafOffset = TagOffset + TagLength;

    private const int TagOffset = 12;
    private const int TagLength = 16;

    /// <value>Bytes. A greater length is damage.</value>
    public const int MaxRecordLength = (1 << 20) + 1024;

    /// <summary>Where the record's tag stands, which nothing here makes or checks.</summary>
    public static Span<byte> TagOf(Span<byte> frame) => frame.Slice(TagOffset, TagLength);

    /// <inheritdoc cref="TagOf(Span{byte})"/>
    public static ReadOnlySpan<byte> TagOf(ReadOnlySpan<byte> frame) => frame.Slice(TagOffset, TagLength);

    /// <summary>Fills in the header of a frame whose record and tag are in place.</summary>
    public static void Seal(Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32C.Compute(frame[..4]));
        frame[LeafOffset] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Compute(frame[TagOffset..]));
    }

    /// <summary>Reads the length of the record; false when the header is damaged.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out int length)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Crc32C.Compute(header[..4])
            && header[LeafOffset] == 0
            && length is > 0 and <= MaxRecordLength;
    }

    /// <summary>Whether a whole frame's record and tag are as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) == Crc32C.Compute(frame[TagOffset..]);
}

/// <summary>
/// CRC-32C (Castagnoli; RFC 3720 appendix B.4), by the processor's own instruction where it has one. That waits three cycles for its own
/// last result but can begin each cycle, so that three blocks are worked on at once, and their sums put together.
/// <c>System.IO.Hashing</c> has it from its next major version on.
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

    public static uint Compute(ReadOnlySpan<byte> data)
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
