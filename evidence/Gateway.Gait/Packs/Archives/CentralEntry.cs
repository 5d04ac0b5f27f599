using System.Buffers.Binary;
using System.Text;
using Gateway.Gait.Artifacts;

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

    /// <exception cref="ArtifactRefusedException">It ends early, or has anything but what <see cref="ZipLayout"/> allows.</exception>
    public static CentralEntry Read(ReadOnlySpan<byte> archive, int at, int end)
    {
        if (end - at < ZipLayout.CentralSize)
        {
            throw new ArtifactRefusedException(ProblemCodes.Truncated, "", "The directory ends inside an entry.", at);
        }

        var header = archive.Slice(at, ZipLayout.CentralSize);
        var nameLength = Short(header, 28);
        var extraLength = Short(header, 30);
        if (end - at < ZipLayout.CentralSize + nameLength + extraLength)
        {
            throw new ArtifactRefusedException(ProblemCodes.Truncated, "", "The directory ends inside an entry's name.", at);
        }

        var name = Encoding.Latin1.GetString(archive.Slice(at + ZipLayout.CentralSize, nameLength));
        if (!PackLimits.IsName(name))
        {
            throw new ArtifactRefusedException(
                ProblemCodes.PathRefused,
                "",
                "A member's name leads out of the pack or isn't plain: use letters, digits and . _ - / only.",
                at
            );
        }

        var entry = new CentralEntry
        {
            Name = name,
            At = at,
            Flags = Short(header, 8),
            Method = Short(header, 10),
            Crc = Int(header, 16),
            CompressedSize = Int(header, 20),
            Size = Int(header, 24),
            Attributes = Int(header, 38),
            LocalOffset = Int(header, 42),
            HasTimestamp = extraLength > 0,
        };
        Check(entry, header, archive.Slice(at + ZipLayout.CentralSize + nameLength, extraLength));
        return entry;
    }

    private static void Check(CentralEntry entry, ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        Expect(Int(header, 0) == ZipLayout.CentralSignature, "its signature");
        Expect(Short(header, 4) == ZipLayout.MadeBy && Short(header, 6) == ZipLayout.Needed, "the version it was made by");
        Expect(entry.Flags is 0 or ZipLayout.DescriptorFlag, "its flags: encrypted and other special members aren't read");
        Expect(entry.Method is ZipLayout.Stored or ZipLayout.Deflated, "its way of compression");
        Expect(Short(header, 12) == ZipLayout.Time && Short(header, 14) == ZipLayout.Date, "its time, which must be 1980-01-01");
        Expect(extra.IsEmpty || extra.SequenceEqual(ZipLayout.Timestamp), "its extra field");
        Expect(Short(header, 32) == 0 && Short(header, 34) == 0 && Short(header, 36) == 0, "its comment, disk or kind");
        Expect(entry.Attributes is ZipLayout.Attributes or ZipLayout.BareAttributes, "its attributes, which must be those of a plain file");

        void Expect(bool right, string what)
        {
            if (!right)
            {
                throw new ArtifactRefusedException(
                    ProblemCodes.Malformed,
                    entry.Name,
                    $"The directory's entry is not as packs have it: {what}.",
                    entry.At
                );
            }
        }
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
