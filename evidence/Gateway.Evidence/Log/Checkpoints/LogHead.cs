using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// What was signed of a log: its last checkpoint, where to read on, what it keeps. Each is null where it isn't there yet.
/// </summary>
internal sealed record LogHead(Checkpoint? Checkpoint, ResumePoint? Resume, RetentionMark? Retention)
{
    /// <summary>Where it ends by its writer's own word; null where that was killed, or writes now.</summary>
    public ClosingMark? Closed { get; init; }

    /// <summary>Reads what there is; gives the first thing that is wrong, or null.</summary>
    /// <param name="keys">Null checks no signature.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogProblem? Read(string folder, LogId log, IReadOnlyList<Ed25519PublicKey>? keys, out LogHead head)
    {
        var files = new SignedFiles(folder, LogOrigin.Of(log), keys);

        // The others are never older than the checkpoint before them, so that a log that is written meanwhile is read in this order.
        var first = files.Read<ResumePoint>(ResumePoint.FileName, ResumePoint.Read, LogProblemKind.Mark, out var resume);
        var second = files.Read<RetentionMark>(RetentionMark.FileName, RetentionMark.Read, LogProblemKind.Mark, out var retention);
        var third = files.Read<Checkpoint>(Checkpoint.FileName, Checkpoint.Open, LogProblemKind.Checkpoint, out var checkpoint);
        var fourth = files.Read<ClosingMark>(ClosingMark.FileName, ClosingMark.Read, LogProblemKind.Mark, out var closed);
        head = new LogHead(checkpoint, resume, retention) { Closed = closed };
        return first ?? second ?? third ?? fourth ?? head.Disagreement(folder);
    }

    private LogProblem? Disagreement(string folder)
    {
        var file = Path.Combine(folder, Checkpoint.FileName);
        if (Checkpoint is null && (Resume is not null || SegmentSeal.List(folder).Length > 0))
        {
            return new LogProblem(LogProblemKind.Checkpoint, file, 0, null, "The checkpoint is missing, and the log had one.");
        }

        if (Checkpoint is not null && Retention is null)
        {
            return new LogProblem(
                LogProblemKind.Mark,
                Path.Combine(folder, RetentionMark.FileName),
                0,
                null,
                "It is missing, and the log had one."
            );
        }

        return Resume is not null && Resume.Size > Checkpoint!.Size
            ? new LogProblem(
                LogProblemKind.Rollback,
                file,
                0,
                Checkpoint.Size,
                $"It is older than the mark in '{ResumePoint.FileName}', which is of {Resume.Size} records."
            )
            : null;
    }
}
