using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Gateway.Gait.Packs.Archives;

/// <summary>Writes what stands round the members of a ZIP file: their headers, and the record at its end.</summary>
internal static class ZipHeaders
{
    /// <param name="offset">Of the local header, for an entry of the directory; null for the local header itself.</param>
    public static void Write(MemoryStream output, PackMember member, uint? offset)
    {
        Span<byte> header = stackalloc byte[ZipLayout.CentralSize];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, offset is null ? ZipLayout.LocalSignature : ZipLayout.CentralSignature);
        var at = 4;
        if (offset is not null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[at..], ZipLayout.MadeBy);
            at += 2;
        }

        // Needed, flags, method, time, date, checksum, two sizes, lengths of name and extra: the same in both headers (APPNOTE 4.3.7 and
        // 4.3.12).
        BinaryPrimitives.WriteUInt16LittleEndian(header[at..], ZipLayout.Needed);
        BinaryPrimitives.WriteUInt16LittleEndian(header[(at + 8)..], ZipLayout.Date);
        BinaryPrimitives.WriteUInt32LittleEndian(header[(at + 10)..], Crc32.HashToUInt32(member.Content.Span));
        BinaryPrimitives.WriteUInt32LittleEndian(header[(at + 14)..], (uint)member.Content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[(at + 18)..], (uint)member.Content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[(at + 22)..], (ushort)member.Name.Length);
        if (offset is { } local)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header[38..], ZipLayout.Attributes);
            BinaryPrimitives.WriteUInt32LittleEndian(header[42..], local);
        }

        output.Write(header[..(offset is null ? ZipLayout.LocalSize : ZipLayout.CentralSize)]);
        output.Write(Encoding.ASCII.GetBytes(member.Name));
    }

    public static void WriteEnd(MemoryStream output, ushort count, uint directory, uint size)
    {
        Span<byte> end = stackalloc byte[ZipLayout.EndSize];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, ZipLayout.EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], size);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], directory);
        output.Write(end);
    }
}
