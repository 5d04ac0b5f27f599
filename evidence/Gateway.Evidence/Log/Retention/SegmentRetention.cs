using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Retention;

/// <summary>
/// Removes segments of a log that are sealed, oldest first: on record and marked before they go. Their seals and hashes stay, so that all
/// receipts and heads stay verifiable.
/// </summary>
internal static class SegmentRetention
{
    /// <summary>
    /// What was sealed in so long a time goes in one run at most: a clock that is wrongly far ahead would otherwise take the whole log at
    /// once.
    /// </summary>
    internal static readonly TimeSpan MaxPerRun = TimeSpan.FromDays(1);

    /// <summary>Of what is past its retention, up to <see cref="MaxPerRun"/>.</summary>
    public static bool IsExpired(DueSegment due, DateTimeOffset now) =>
        now - due.Seal.Sealed >= due.Kept && due.Seal.Sealed - due.Oldest <= MaxPerRun;

    /// <summary>Removes what is due. Safe to repeat, and to be killed at any point.</summary>
    /// <param name="where">Where else a segment is, for its record: empty for nowhere; null for one that isn't due, which ends the
    /// run.</param>
    /// <param name="record">Appends what is done, synced, before it is done.</param>
    /// <returns>Segments removed.</returns>
    /// <exception cref="IOException">A file can't be used.</exception>
    /// <exception cref="JournalCorruptException">A seal, a segment or a tile isn't as it was signed: nothing is removed.</exception>
    public static async Task<int> RunAsync(
        string folder,
        LogId log,
        LogKeys keys,
        Func<DueSegment, string?> where,
        Func<ChangeRecord, ValueTask> record
    )
    {
        Demand(LogHead.Read(folder, log, keys.Public, out var head));
        Demand(SegmentInventory.Check(folder, log, head, keys.Public, out var seals));
        if (head is not { Retention: { } mark, Resume: { } resume, Checkpoint: { } checkpoint })
        {
            return 0; // Too young a log to have anything that is due.
        }

        var removed = 0;
        DateTimeOffset? oldest = null;
        foreach (var seal in seals)
        {
            var file = Path.Combine(folder, SegmentName.Of(seal.First));
            if (seal.Last < mark.Minimum)
            {
                Remove(folder, file, seal); // What a kill has left.
                continue;
            }

            oldest ??= seal.Sealed;
            if (
                seal.Last >= resume.Size
                || seal.First >= resume.Segment
                || where(new DueSegment(seal, mark.Kept, oldest.Value)) is not { } elsewhere
            )
            {
                break;
            }

            Demand(SealedTiles.Check(folder, file, seal, checkpoint));
            await record(
                new ChangeRecord
                {
                    Kind = GovernedChange.SegmentRemoved,
                    Subject = Path.GetFileName(file),
                    Revision = seal.Digest.ToString(),
                    By = $"os:{Environment.UserName}",
                    From = Environment.MachineName,
                    After = elsewhere.Length == 0 ? [] : new(StringComparer.Ordinal) { ["archive"] = elsewhere },
                }
            );
            mark = mark with { Minimum = seal.Last + 1 };
            DirectorySync.FlushFileSystem(folder);
            AtomicFile.Write(Path.Combine(folder, RetentionMark.FileName), mark.Sign(LogOrigin.Of(log), keys.Current), synced: true);
            Remove(folder, file, seal);
            removed++;
        }

        return removed;
    }

    /// <summary>The segment, and the bundles that hold nothing younger.</summary>
    private static void Remove(string folder, string file, SegmentSeal seal)
    {
        if (!File.Exists(file))
        {
            return;
        }

        for (var index = seal.First / TilePath.Width; (index + 1) * TilePath.Width <= seal.Last + 1; index++)
        {
            var bundle = TilePath.Entries(folder, index);
            if (File.Exists(bundle))
            {
                File.Delete(bundle);
            }
        }

        File.Delete(file);
    }

    private static void Demand(LogProblem? problem)
    {
        if (problem is not null)
        {
            throw new JournalCorruptException(problem);
        }
    }
}

/// <summary>A segment that may be removed.</summary>
/// <param name="Kept">For how long the log keeps segments.</param>
/// <param name="Oldest">When the oldest one that is there was sealed.</param>
internal readonly record struct DueSegment(SegmentSeal Seal, TimeSpan Kept, DateTimeOffset Oldest);
