using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>Whether the entries of a directory go together: not too much for a pack, each name once and in order, all alike.</summary>
internal static class CentralDirectory
{
    /// <exception cref="ArtifactRefusedException">They don't; says the first that doesn't.</exception>
    public static void Check(List<CentralEntry> entries)
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
        if (order == 0)
        {
            throw new ArtifactRefusedException(ProblemCodes.Duplicate, entry.Name, "It is there twice.", entry.At);
        }

        // One program wrote all members in one way. What differs was changed afterwards.
        var isAlike = (entry.Attributes, entry.Flags, entry.HasTimestamp) == (first.Attributes, first.Flags, first.HasTimestamp);
        if (order > 0 || !isAlike)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.Malformed,
                entry.Name,
                order > 0
                    ? "The members aren't in the order of their names."
                    : "Its attributes, flags or extra field differ from those of the other members.",
                entry.At
            );
        }
    }
}
