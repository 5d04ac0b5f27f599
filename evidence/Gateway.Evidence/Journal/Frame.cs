using System.Buffers.Binary;

namespace Gateway.Evidence.Journal;

/// <summary>
/// What stands round a record in a segment: its length (4 bytes, little-endian), the length's CRC-32C, the CRC-32C of what follows, a zero
/// byte, the record. The zero byte is the prefix of a leaf (RFC 6962 section 2.1), so that a leaf is hashed where it lies. The length has a
/// check of its own: a changed one would otherwise look like an incomplete last record, and cutting that would take good records with it.
/// </summary>
internal static class Frame
{
    /// <value>Bytes before the record.</value>
    public const int HeaderLength = 13;

    /// <value>Offset of the leaf: the zero byte and the record.</value>
    public const int LeafOffset = 12;

    /// <value>Bytes. A greater length is damage.</value>
    public const int MaxRecordLength = (1 << 20) + 1024;

    /// <summary>Fills in the header of a frame whose record is in place.</summary>
    public static void Seal(Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32C.Of(frame[..4]));
        frame[LeafOffset] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Of(frame[LeafOffset..]));
    }

    /// <summary>Reads the length of the record; false when the header is damaged.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out int length)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Crc32C.Of(header[..4])
            && header[LeafOffset] == 0
            && length is > 0 and <= MaxRecordLength;
    }

    /// <summary>Whether a whole frame's record is as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) == Crc32C.Of(frame[LeafOffset..]);
}
