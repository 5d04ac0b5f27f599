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
        var header = LocalHeader.Expected(entry);
        var start = at + header.Length;
        var after = start + (long)entry.CompressedSize + (entry.HasDescriptor ? ZipLayout.DescriptorSize : 0);
        if (entry.LocalOffset != at || after > archive.Length)
        {
            throw Malformed(entry, "It doesn't lie where the directory says, one member behind the other.", entry.At);
        }

        var differs = archive.Slice(at, header.Length).CommonPrefixLength(header);
        if (differs < header.Length)
        {
            throw Malformed(entry, "Its own header differs from the directory's entry.", at + differs);
        }

        var content = MemberContent.Read(archive.Slice(start, (int)entry.CompressedSize), entry, start);
        if (entry.HasDescriptor)
        {
            CheckDescriptor(archive, entry, (int)after - ZipLayout.DescriptorSize);
        }

        at = (int)after;
        return content;
    }

    private static void CheckDescriptor(ReadOnlySpan<byte> archive, CentralEntry entry, int at)
    {
        if (!archive.Slice(at, ZipLayout.DescriptorSize).SequenceEqual(LocalHeader.Descriptor(entry)))
        {
            throw Malformed(entry, "The sizes behind it differ from the directory's entry.", at);
        }
    }

    private static ArtifactRefusedException Malformed(CentralEntry entry, string detail, int at) =>
        new(ProblemCodes.Malformed, entry.Name, detail, at);
}
