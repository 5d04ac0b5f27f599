using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>Opens a log after whatever ended its last writer.</summary>
internal static class LogRecovery
{
    private const int BatchBytes = 1 << 20;

    /// <summary>
    /// Checks the log from the last mark on against what was signed of it, mends what a crash leaves, and puts on record what was mended.
    /// If it is stopped on its way the next start does the rest.
    /// </summary>
    /// <exception cref="JournalCorruptException">Something is wrong that no crash leaves behind.</exception>
    public static RecoveredLog Open(LogFolder folder, JournalOptions options, LogKeys keys, TimeProvider time, Disk disk)
    {
        var log = folder.Description.Log;
        Demand(LogHead.Read(folder.Path, log, keys.Public, out var head));
        Demand(SegmentInventory.Check(folder.Path, log, head, keys: null, out _));
        var scan = head.Resume is { } resume ? LogScan.FromResume(resume, folder.Path) : LogScan.FromStart(folder.Description);
        new LogScanner(folder.Path, folder.Description, scan) { Signed = head.Checkpoint }.ScanToEnd();
        Demand(scan.Problem is { Kind: LogProblemKind.TornTail } ? null : scan.Problem);

        var report = new RecoveryReport(scan.Records, scan.TornBytes, scan.Open.Ids());
        var writer = new LogWriter(folder, scan, options, time, disk);
        try
        {
            Record(report, Keep(folder, options, keys, head.Retention), writer);
            return new RecoveredLog(writer, head, report);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void Demand(LogProblem? problem)
    {
        if (problem is not null)
        {
            throw new JournalCorruptException(problem);
        }
    }

    /// <summary>Takes on the retention that is set; gives the record of it where it isn't the one before.</summary>
    private static ChangeRecord? Keep(LogFolder folder, JournalOptions options, LogKeys keys, RetentionMark? before)
    {
        var kept = TimeSpan.FromSeconds((long)Math.Max(options.Retention.TotalSeconds, JournalOptions.LeastRetention.TotalSeconds));
        if (before?.Kept == kept)
        {
            return null;
        }

        var origin = LogOrigin.Of(folder.Description.Log);
        AtomicFile.Write(
            Path.Combine(folder.Path, RetentionMark.FileName),
            new RetentionMark(kept, before?.Minimum ?? 0).Sign(origin, keys.Current),
            synced: true
        );
        return before is null
            ? null
            : new ChangeRecord
            {
                Kind = ChangeKind.RetentionSet,
                Subject = $"{before.Kept.TotalDays:0.###} days",
                Revision = $"{kept.TotalDays:0.###} days",
            };
    }

    private static void Record(RecoveryReport report, ChangeRecord? change, LogWriter writer)
    {
        var mended = report.BytesCut > 0 || report.OutcomeUnknown.Count > 0;
        if (!mended && change is null)
        {
            return;
        }

        writer.Begin();
        if (change is not null)
        {
            Add(writer, change);
        }

        if (mended)
        {
            Add(writer, new RecoveryRecord { BytesCut = report.BytesCut, OutcomeUnknown = report.OutcomeUnknown });
        }

        foreach (var decision in report.OutcomeUnknown)
        {
            Add(writer, new OutcomeRecord { DecisionId = decision, Status = OutcomeStatus.OutcomeUnknown });
            if (writer.BatchLength >= BatchBytes)
            {
                writer.Commit();
                writer.Begin();
            }
        }

        writer.Commit();
        writer.Segment.Flush();
    }

    private static void Add(LogWriter writer, IJournalRecord record) => writer.Add(record.Type, RecordBody.Write(record));
}

/// <summary>A log that was opened: where it goes on, what was signed of it, what was mended.</summary>
internal sealed record RecoveredLog(LogWriter Writer, LogHead Head, RecoveryReport Report);

/// <summary>What opening a log found and mended.</summary>
/// <param name="Records">Intact records.</param>
/// <param name="BytesCut">Bytes of an incomplete last record; 0 for none.</param>
/// <param name="OutcomeUnknown">Ids of the decisions that had no outcome.</param>
public sealed record RecoveryReport(long Records, long BytesCut, IReadOnlyList<string> OutcomeUnknown);
