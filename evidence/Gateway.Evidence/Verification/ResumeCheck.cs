using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Verification;

/// <summary>Whether the mark to read on from is one of this log: a walk that passes it knows there what the mark says.</summary>
/// <param name="mark">Null where the log has none.</param>
/// <param name="isWhole">Whether the walk began at the first record, and so knows every open decision.</param>
internal sealed class ResumeCheck(string folder, ResumePoint? mark, bool isWhole)
{
    /// <summary>What is wrong; null for nothing so far.</summary>
    public LogProblem? Problem { get; private set; }

    /// <summary>Is shown the scan behind each record.</summary>
    public void Look(LogScan scan)
    {
        if (mark is not null && mark.Size == scan.Records && !Agrees(mark, scan))
        {
            const string Detail = "It isn't where a start could read on.";
            Problem = new LogProblem(LogProblemKind.Mark, Path.Combine(folder, ResumePoint.FileName), 0, scan.Records, Detail);
        }
    }

    private bool Agrees(ResumePoint mark, LogScan scan) =>
        scan.Segment == Path.Combine(folder, SegmentName.Of(mark.Segment))
        && scan.Position == mark.Position
        && scan.LastFrame == mark.LastFrame
        && new Sha256Digest(scan.Previous) == mark.Previous
        && mark.Edge.ToRange().Root() == scan.Tree.Root()
        && (!isWhole || mark.Open.SequenceEqual(scan.Open.ToList()));
}
