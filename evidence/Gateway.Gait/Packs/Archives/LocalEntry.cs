using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>A member where it lies: its own header, its content, and what follows it. All of it must say what the directory says.</summary>
internal static class LocalEntry
{
    /// <param name="archive">The part before the directory.</param>
    /// <param name="at">Where the member must begin; afterwards where the next one must.</param>
    /// <exception cref="ArtifactRefusedException">It differs from its entry in the directory, or its content is broken.</exception>
    public static ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> archive, CentralEntry entry, ref int at)
    {
        var header = Expected(entry);
        var start = at + header.Length;
        var after = start + (long)entry.CompressedSize + (entry.HasDescriptor ? ZipLayout.DescriptorSize : 0);
        if (entry.LocalOffset != at || after > archive.Length)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                entry.Name,
                "It doesn't lie where the directory says, one member behind the other.",
                entry.At
            );
        }

        var differs = archive.Slice(at, header.Length).CommonPrefixLength(header);
        if (differs < header.Length)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                entry.Name,
                "Its own header differs from the directory's entry.",
                at + differs
            );
        }

        var content = Content(archive.Slice(start, (int)entry.CompressedSize), entry, start);
        if (entry.HasDescriptor)
        {
            CheckDescriptor(archive, entry, (int)after - ZipLayout.DescriptorSize);
        }

        at = (int)after;
        return content;
    }

    private static byte[] Content(ReadOnlySpan<byte> data, CentralEntry entry, int at)
    {
        var content = Array.Empty<byte>();
        var whole =
            entry.Method == ZipLayout.Stored
                ? entry.CompressedSize == entry.Size
                : data.Length > 0 && Inflation.TryInflate(data, (int)entry.Size, out content);
        if (!whole)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                entry.Name,
                "Its compressed data is broken, or gives another size than it says.",
                at
            );
        }

        content = entry.Method == ZipLayout.Stored ? data.ToArray() : content;
        return Crc32.HashToUInt32(content) == entry.Crc
            ? content
            : throw new ArtifactRefusedException(
                ProblemCodes.HashMismatch,
                entry.Name,
                "Its content was changed: the checksum differs.",
                at
            );
    }

    private static void CheckDescriptor(ReadOnlySpan<byte> archive, CentralEntry entry, int at)
    {
        Span<byte> expected = stackalloc byte[ZipLayout.DescriptorSize];
        BinaryPrimitives.WriteUInt32LittleEndian(expected, ZipLayout.DescriptorSignature);
        WriteSizes(expected[4..], entry);
        if (!archive.Slice(at, expected.Length).SequenceEqual(expected))
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                entry.Name,
                "The sizes behind it differ from the directory's entry.",
                at
            );
        }
    }

    /// <summary>The whole local header, which the directory's entry decides.</summary>
    private static byte[] Expected(CentralEntry entry)
    {
        var header = new byte[ZipLayout.LocalSize + entry.Name.Length + entry.ExtraLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, ZipLayout.LocalSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), ZipLayout.Needed);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), entry.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), entry.Method);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), ZipLayout.Date);
        if (!entry.HasDescriptor)
        {
            WriteSizes(header.AsSpan(14), entry);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), (ushort)entry.Name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), (ushort)entry.ExtraLength);
        Encoding.ASCII.GetBytes(entry.Name, header.AsSpan(ZipLayout.LocalSize));
        (entry.HasTimestamp ? ZipLayout.Timestamp : []).CopyTo(header.AsSpan(ZipLayout.LocalSize + entry.Name.Length));
        return header;
    }

    private static void WriteSizes(Span<byte> target, CentralEntry entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], entry.CompressedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], entry.Size);
    }
}
