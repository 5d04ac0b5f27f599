using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Scanning;

/// <summary>Whether a log that was closed ends where it was closed.</summary>
internal static class ClosedEnd
{
    /// <summary>What isn't as it was; null for nothing.</summary>
    /// <param name="mark">Null where it wasn't closed.</param>
    /// <param name="scan">A walk to the log's end that found nothing wrong, or nothing but an incomplete last record.</param>
    public static LogProblem? Check(ClosingMark? mark, string folder, LogScan scan)
    {
        if (mark is null)
        {
            return null;
        }

        var file = Path.Combine(folder, SegmentName.Of(mark.Segment));
        if (scan.Records < mark.Size)
        {
            var ends = $"The log ends here, and was closed with {mark.Size} records.";
            return new LogProblem(LogProblemKind.Rollback, scan.Segment ?? file, scan.Position, scan.Records, ends);
        }

        return scan.Records == mark.Size && scan.Segment == file && scan.Position == mark.Position && !scan.IsTorn
            ? null
            : new LogProblem(
                LogProblemKind.Forged,
                file,
                mark.Position,
                mark.Size,
                $"The log was closed here, with its {mark.Size} records signed. What follows was put there by somebody else."
            );
    }
}
