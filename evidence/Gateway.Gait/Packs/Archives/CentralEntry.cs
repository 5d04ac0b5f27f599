namespace Gateway.Gait.Packs.Archives;

/// <summary>One entry of a pack's directory, checked as far as it stands alone.</summary>
internal sealed record CentralEntry
{
    public required string Name { get; init; }

    /// <summary>Where the entry itself begins.</summary>
    public required int At { get; init; }
    public ushort Flags { get; init; }
    public ushort Method { get; init; }
    public uint Crc { get; init; }
    public uint CompressedSize { get; init; }
    public uint Size { get; init; }
    public uint Attributes { get; init; }
    public uint LocalOffset { get; init; }
    public bool HasTimestamp { get; init; }

    public bool HasDescriptor => Flags == ZipLayout.DescriptorFlag;

    public int ExtraLength => HasTimestamp ? ZipLayout.Timestamp.Length : 0;

    /// <value>Bytes in the directory.</value>
    public int Length => ZipLayout.CentralSize + Name.Length + ExtraLength;
}
