using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Gateway.Gait.Packs.Archives;

/// <summary>
/// Writes packs as ZIP files: members in the order of their names, one fixed time, nothing compressed. Deflate is left out because two
/// builds of it give two results; stored, the same members are the same bytes on every machine.
/// </summary>
public static class ArchiveWriter
{
    /// <exception cref="ArgumentException">A name is refused or there twice, or a limit of <see cref="PackLimits"/> is passed.</exception>
    public static byte[] Write(IEnumerable<PackMember> members)
    {
        var ordered = members.OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
        Check(ordered);
        using var output = new MemoryStream();
        var offsets = new List<uint>();
        foreach (var member in ordered)
        {
            offsets.Add((uint)output.Length);
            WriteHeader(output, member, offset: null);
            output.Write(member.Content.Span);
        }

        var directory = (uint)output.Length;
        for (var i = 0; i < ordered.Count; i++)
        {
            WriteHeader(output, ordered[i], offsets[i]);
        }

        WriteEnd(output, (ushort)ordered.Count, directory, (uint)output.Length - directory);
        return output.ToArray();
    }

    private static void Check(List<PackMember> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (!PackLimits.IsName(members[i].Name) || members[i].Content.Length > PackLimits.MemberBytes)
            {
                throw new ArgumentException(
                    $"'{members[i].Name}' can't be a member of a pack: its name or its size is out of bounds.",
                    nameof(members)
                );
            }

            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                throw new ArgumentException($"'{members[i].Name}' is there twice.", nameof(members));
            }
        }

        if (members.Count > PackLimits.Members || members.Sum(member => (long)member.Content.Length) > PackLimits.ArchiveBytes / 2)
        {
            throw new ArgumentException("A pack can't hold that much.", nameof(members));
        }
    }

    /// <param name="offset">Of the local header, for an entry of the directory; null for the local header itself.</param>
    private static void WriteHeader(MemoryStream output, PackMember member, uint? offset)
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

    private static void WriteEnd(MemoryStream output, ushort count, uint directory, uint size)
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
