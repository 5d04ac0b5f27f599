using System.IO.Hashing;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>A member's content, inflated where it was deflated, and of the size and checksum that the directory says.</summary>
internal static class MemberContent
{
    public static byte[] Read(ReadOnlySpan<byte> data, CentralEntry entry, int at)
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
}
