using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>Where the beginning of a log is that isn't on its volume any more.</summary>
/// <param name="Folder">The log's folder in the archive.</param>
/// <param name="End">The first record that is on the volume. Those before it are under the archive's signed checkpoint.</param>
public sealed record ArchivedStart(string Folder, long End)
{
    /// <summary>Null where the log is whole here, or nothing of it was ever shipped.</summary>
    /// <param name="log">The log's folder.</param>
    /// <param name="archive">The archive's; empty for none.</param>
    /// <param name="keys">Public keys of the instance that shipped it.</param>
    /// <exception cref="IOException">The archive isn't there, is another one, or doesn't prove what was removed.</exception>
    public static ArchivedStart? Of(string log, string archive, IReadOnlyList<Ed25519PublicKey> keys)
    {
        if (archive.Length == 0 || SegmentName.List(log) is not [var file, ..] || !SegmentName.TryParse(file, out var first) || first == 0)
        {
            return null;
        }

        var mark = ShippedMark.Find(log);
        ArchiveId.Demand(archive, mark, log);
        if (LogDescription.Find(log) is not { } description)
        {
            throw new IOException($"'{log}' has no description of its log: verify the journal.");
        }

        var there = ArchivedLog.Find(archive, description, keys);
        if (mark is null && !Directory.Exists(there.Folder))
        {
            return null;
        }

        return there.Problem is { } problem ? throw new IOException($"The archive: {problem}")
            : there.Head?.Checkpoint is { } checkpoint && checkpoint.Size >= first ? new ArchivedStart(there.Folder, first)
            : throw new IOException(
                $"The first {first} records of '{log}' were removed, and no signed checkpoint in '{there.Folder}' is over all of them. "
                    + $"Mount the archive at '{mark?.Place ?? archive}' that they were shipped to."
            );
    }
}
