using System.Buffers.Binary;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// The first 72 bytes of a segment: magic (8), version (4), CRC-32C of all the rest (4), index of the first record (8), log id (16), and
/// the hash that the first record must name as its predecessor (32). Numbers are little-endian.
/// </summary>
internal static class SegmentHeader
{
    public const int Length = 72;
    private const uint Version = 2;
    private const int PreviousOffset = 40;

    /// <summary>The line ends show a file that was moved as text.</summary>
    private static ReadOnlySpan<byte> Magic => "GWJRNL\r\n"u8;

    /// <summary>The version of a segment's format where it isn't the one that is written; otherwise 0, for no segment too.</summary>
    public static uint OtherVersion(ReadOnlySpan<byte> header)
    {
        var version = header.StartsWith(Magic) ? BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) : Version;
        return version == Version ? 0 : version;
    }

    public static void Write(Span<byte> header, LogId log, long firstIndex, ReadOnlySpan<byte> previous)
    {
        header.Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], firstIndex);
        log.CopyTo(header[24..]);
        previous.CopyTo(header[PreviousOffset..]);

        // The check sum's own place counts as zero.
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], Crc32C.Compute(header));
    }
}
