using System.Buffers.Binary;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>
/// Reads a pack's ZIP file, strictly: every byte of it must be where and what packs have. Two readers can't find different members in it,
/// nothing can hide between them, and no member takes more memory than <see cref="PackLimits"/> says.
/// </summary>
internal static class ArchiveReader
{
    /// <returns>The members in the order of their names.</returns>
    /// <exception cref="ArtifactRefusedException">Anything else.</exception>
    public static IReadOnlyList<PackMember> Read(ReadOnlySpan<byte> archive)
    {
        var (directory, end, count) = ReadEnd(archive);
        var entries = ReadDirectory(archive, directory, end, count);
        CheckTogether(entries);
        var members = new List<PackMember>(entries.Count);
        var at = 0;
        foreach (var entry in entries)
        {
            members.Add(new PackMember(entry.Name, LocalEntry.Read(archive[..directory], entry, ref at)));
        }

        return at == directory
            ? members
            : throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                "",
                "There is something between the members and the directory.",
                at
            );
    }

    private static (int Directory, int End, int Count) ReadEnd(ReadOnlySpan<byte> archive)
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
            ? ((int)directory, at, count)
            : throw new ArtifactRefusedException(ProblemCodes.TooLarge, "", $"The pack has over {PackLimits.Members} members.", at);
    }

    private static List<CentralEntry> ReadDirectory(ReadOnlySpan<byte> archive, int at, int end, int count)
    {
        var entries = new List<CentralEntry>(count);
        for (; at < end; at += entries[^1].Length)
        {
            entries.Add(CentralEntry.Read(archive, at, end));
        }

        return entries.Count == count
            ? entries
            : throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                "",
                $"The directory has {entries.Count} entries and says {count}.",
                end
            );
    }

    private static void CheckTogether(List<CentralEntry> entries)
    {
        var total = 0L;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            total += entry.Size;
            if (entry.Size > PackLimits.MemberBytes || total > PackLimits.TotalBytes || IsBomb(entry))
            {
                throw new ArtifactRefusedException(
                    ProblemCodes.TooLarge,
                    entry.Name,
                    "It says that it holds more than a pack may.",
                    entry.At
                );
            }

            if (i > 0)
            {
                CheckPair(entries[0], entries[i - 1], entry);
            }
        }
    }

    private static bool IsBomb(CentralEntry entry) =>
        entry.Size > PackLimits.FreeBytes && entry.Size > PackLimits.Ratio * (long)entry.CompressedSize;

    private static void CheckPair(CentralEntry first, CentralEntry before, CentralEntry entry)
    {
        var order = string.CompareOrdinal(before.Name, entry.Name);
        if (order >= 0)
        {
            throw order == 0
                ? new ArtifactRefusedException(ProblemCodes.Duplicate, entry.Name, "It is there twice.", entry.At)
                : new ArtifactRefusedException(
                    ProblemCodes.Malformed,
                    entry.Name,
                    "The members aren't in the order of their names.",
                    entry.At
                );
        }

        // One program wrote all members in one way. What differs was changed afterwards.
        if ((entry.Attributes, entry.Flags, entry.HasTimestamp) != (first.Attributes, first.Flags, first.HasTimestamp))
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                entry.Name,
                "Its attributes, flags or extra field differ from those of the other members.",
                entry.At
            );
        }
    }
}
