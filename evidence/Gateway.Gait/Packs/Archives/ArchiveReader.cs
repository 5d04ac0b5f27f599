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
        var (directory, end, count) = EndRecord.Read(archive);
        var entries = ReadDirectory(archive, directory, end, count);
        CentralDirectory.Check(entries);
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

    private static List<CentralEntry> ReadDirectory(ReadOnlySpan<byte> archive, int at, int end, int count)
    {
        var entries = new List<CentralEntry>(count);
        for (; at < end; at += entries[^1].Length)
        {
            entries.Add(CentralEntryReader.Read(archive, at, end));
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
}
