using System.Buffers.Binary;
using System.Text;

namespace Gateway.Gait.Packs.Archives;

/// <summary>What stands round a member where it lies, to the byte: its entry in the directory decides all of it.</summary>
internal static class LocalHeader
{
    /// <summary>The whole local header, which the directory's entry decides.</summary>
    public static byte[] Expected(CentralEntry entry)
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

    /// <summary>What follows the content, where there is a descriptor.</summary>
    public static byte[] Descriptor(CentralEntry entry)
    {
        var descriptor = new byte[ZipLayout.DescriptorSize];
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, ZipLayout.DescriptorSignature);
        WriteSizes(descriptor.AsSpan(4), entry);
        return descriptor;
    }

    private static void WriteSizes(Span<byte> target, CentralEntry entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], entry.CompressedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], entry.Size);
    }
}
