using System.Buffers.Binary;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>The record that a pack's ZIP file ends in: where its directory is.</summary>
/// <param name="Directory">Where that begins.</param>
/// <param name="At">Where it ends, and this begins.</param>
/// <param name="Count">Members.</param>
internal readonly record struct EndRecord(int Directory, int At, int Count)
{
    /// <exception cref="ArtifactRefusedException">The pack is too large, is cut off, or something follows it.</exception>
    public static EndRecord Read(ReadOnlySpan<byte> archive)
    {
        if (archive.Length > PackLimits.ArchiveBytes)
        {
            throw new ArtifactRefusedException(ProblemCodes.TooLarge, "", $"The pack is over {PackLimits.ArchiveBytes} bytes.");
        }

        var at = archive.Length - ZipLayout.EndSize;
        if (at < 0 || BinaryPrimitives.ReadUInt32LittleEndian(archive[at..]) != ZipLayout.EndSignature)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Truncated,
                "",
                "The pack doesn't end as a ZIP file does: it is cut off, or something follows it.",
                Math.Max(0, at)
            );
        }

        var end = archive[at..];
        var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var directory = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var plain =
            BinaryPrimitives.ReadUInt32LittleEndian(end[4..]) == 0
            && BinaryPrimitives.ReadUInt16LittleEndian(end[8..]) == count
            && BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) == 0;
        if (!plain || (ulong)directory + size != (ulong)at)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                "",
                "The end record doesn't fit the pack: the directory must end where it begins.",
                at
            );
        }

        return count <= PackLimits.Members
            ? new EndRecord((int)directory, at, count)
            : throw new ArtifactRefusedException(ProblemCodes.TooLarge, "", $"The pack has over {PackLimits.Members} members.", at);
    }
}
