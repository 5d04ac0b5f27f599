using Gateway.Evidence.Records;

namespace Gateway.Evidence.Journal;

/// <summary>Opens a log after whatever ended its last writer.</summary>
internal static class LogRecovery
{
    private const int BatchBytes = 1 << 20;

    /// <summary>
    /// Checks the log, mends what a crash leaves, and puts on record what was mended. If it is stopped on its way the next start does the rest.
    /// </summary>
    /// <exception cref="JournalCorruptException">Something is wrong that no crash leaves behind.</exception>
    public static (LogWriter Writer, RecoveryReport Report) Open(LogFolder folder, JournalOptions options, TimeProvider time, Disk disk)
    {
        var scan = LogScanner.Scan(folder.Path, folder.Description);
        if (scan.Problem is { Kind: not LogProblemKind.TornTail } problem)
        {
            throw new JournalCorruptException(problem);
        }

        var report = new RecoveryReport(scan.Records, scan.TornBytes, scan.Open.Ids());
        var writer = new LogWriter(folder, scan, options, time, disk);
        try
        {
            if (report.BytesCut > 0 || report.OutcomeUnknown.Count > 0)
            {
                Record(report, writer);
            }

            return (writer, report);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void Record(RecoveryReport report, LogWriter writer)
    {
        writer.Begin();
        Add(writer, new RecoveryRecord { BytesCut = report.BytesCut, OutcomeUnknown = report.OutcomeUnknown });
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

    private static void Add(LogWriter writer, IJournalRecord record) => writer.Add(record.Type, RecordBody.Of(record));
}
