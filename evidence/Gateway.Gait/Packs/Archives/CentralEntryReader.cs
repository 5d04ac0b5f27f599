using System.Buffers.Binary;
using System.Text;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>Reads one entry of a pack's directory, and checks it as far as it stands alone.</summary>
internal static class CentralEntryReader
{
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
        CentralEntryRules.Check(entry, header, archive.Slice(at + ZipLayout.CentralSize + nameLength, extraLength));
        return entry;
    }

    public static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
