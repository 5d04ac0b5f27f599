namespace Gateway.Gait.Packs.Archives;

/// <summary>
/// The numbers of a ZIP file (PKWARE APPNOTE 6.3) as packs have them. Every one that carries nothing is fixed, so that no byte of a pack
/// can be changed unseen.
/// </summary>
internal static class ZipLayout
{
    public const uint LocalSignature = 0x04034b50;
    public const uint DescriptorSignature = 0x08074b50;
    public const uint CentralSignature = 0x02014b50;
    public const uint EndSignature = 0x06054b50;
    public const int LocalSize = 30;
    public const int DescriptorSize = 16;
    public const int CentralSize = 46;
    public const int EndSize = 22;

    /// <summary>2.0, made on Unix.</summary>
    public const ushort MadeBy = 0x0314;
    public const ushort Needed = 20;

    /// <summary>Sizes and checksum stand behind the content, as a writer that streams puts them.</summary>
    public const ushort DescriptorFlag = 8;
    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    /// <summary>1980-01-01T00:00:00, the least that the format has.</summary>
    public const ushort Time = 0;
    public const ushort Date = 0x0021;

    /// <summary>A regular file, 0644.</summary>
    public const uint Attributes = 0x81A4_0000;

    /// <summary>0644 without the kind of file, as some writers leave it.</summary>
    public const uint BareAttributes = 0x01A4_0000;

    /// <summary>The same instant in the extended timestamp that Go's writer adds (field 0x5455: modification time only).</summary>
    public static ReadOnlySpan<byte> Timestamp => [0x55, 0x54, 5, 0, 1, 0x00, 0xA6, 0xCE, 0x12];
}
