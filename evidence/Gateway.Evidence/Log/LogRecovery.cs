using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>Opens a log after whatever ended its last writer.</summary>
internal static class LogRecovery
{
    /// <summary>
    /// Checks the log from the last mark on against what was signed of it, mends what a crash leaves, and puts on record what was mended.
    /// If it is stopped on its way the next start does the rest.
    /// </summary>
    /// <exception cref="JournalCorruptException">Something is wrong that no crash leaves behind.</exception>
    /// <param name="apart">As <see cref="JournalLog.OpenApart"/>.</param>
    public static RecoveredLog Open(LogFolder folder, JournalOptions options, LogKeys keys, TimeProvider time, Disk disk, bool apart)
    {
        var log = folder.Description.Log;
        Demand(LogHead.Read(folder.Path, log, keys.Public, out var head));
        Demand(SegmentInventory.Check(folder.Path, log, head, keys: null, out _));
        var scan = head.Resume is { } resume ? LogScan.FromResume(resume, folder.Path) : LogScan.FromStart(folder.Description);
        var tags = keys.TagsOf(LogOrigin.Of(log));
        new LogScanner(folder.Path, folder.Description, scan) { Signed = head.Checkpoint, Tags = tags }.ScanToEnd();
        Demand(scan.Problem is { Kind: LogProblemKind.TornTail } ? null : scan.Problem);
        Demand(ClosedEnd.Check(head.Closed, folder.Path, scan));
        Reopen(folder.Path);

        var report = new RecoveryReport(scan.Records, scan.TornBytes, scan.Open.Ids()) { Unfinished = Unfinished(folder.Path, tags, scan) };
        var writer = new LogWriter(folder, scan, options, keys, time, disk);
        try
        {
            var (mark, change) = KeptRetention.Next(options, head.Retention, apart);
            report.Write(writer, change);
            if (mark is not null)
            {
                KeptRetention.Set(folder, keys, mark);
            }

            return new RecoveredLog(writer, head, report, EndMarks.Create(folder.Path, tags));
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Takes the mark away, for good: found again behind a loss of power it would call all that is written now somebody
    /// else's.</summary>
    private static void Reopen(string folder)
    {
        var mark = Path.Combine(folder, ClosingMark.FileName);
        if (File.Exists(mark))
        {
            File.Delete(mark);
            DirectorySync.Flush(folder);
        }
    }

    /// <summary>Those of the decisions that were marked as ending whose outcome is in the log: the others get one anyhow.</summary>
    private static string[] Unfinished(string folder, RecordTags tags, LogScan scan)
    {
        var open = scan.Open.Ids().ToHashSet(StringComparer.Ordinal);
        return [.. EndMarks.Read(folder, tags).Where(id => !open.Contains(id))];
    }

    private static void Demand(LogProblem? problem)
    {
        if (problem is not null)
        {
            throw new JournalCorruptException(problem);
        }
    }
}

/// <summary>A log that was opened: where it goes on, what was signed of it, what was mended.</summary>
internal sealed record RecoveredLog(LogWriter Writer, LogHead Head, RecoveryReport Report, EndMarks Ends);
