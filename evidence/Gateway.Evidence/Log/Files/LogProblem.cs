namespace Gateway.Evidence.Log.Files;

/// <summary>The first thing in a log that is wrong.</summary>
/// <param name="File">Full path.</param>
/// <param name="Offset">Bytes from the start of the file to the frame, header or file that is wrong.</param>
/// <param name="Index">The record that should be there; null where no record is concerned.</param>
/// <param name="Detail">One sentence.</param>
public sealed record LogProblem(LogProblemKind Kind, string File, long Offset, long? Index, string Detail)
{
    public override string ToString() =>
        Index is null ? $"{File}, offset {Offset}: {Detail}" : $"{File}, offset {Offset}, record {Index}: {Detail}";
}

/// <summary>What kind of thing is wrong with a log.</summary>
public enum LogProblemKind
{
    /// <summary>The file system refused to let it be read.</summary>
    Unreadable = 0,

    /// <summary>There is no log where one was looked for.</summary>
    NoLog,

    /// <summary>The description of the log (<c>log.json</c>).</summary>
    Description,

    /// <summary>A segment's name or header, or a segment is missing.</summary>
    Segment,

    /// <summary>A frame's length or check sums.</summary>
    Frame,

    /// <summary>A record that isn't canonical, or not of a schema that is known.</summary>
    Record,

    /// <summary>A record that doesn't follow from the one before it.</summary>
    Chain,

    /// <summary>The last record is incomplete: its writer was killed, or is writing it now. Opening the log mends it.</summary>
    TornTail,

    /// <summary>The checkpoint is missing, isn't one, or isn't signed by a known key.</summary>
    Checkpoint,

    /// <summary>The records have another root than the one that was signed.</summary>
    Fork,

    /// <summary>The log is shorter than what was signed.</summary>
    Rollback,

    /// <summary>A tile or bundle of the tree.</summary>
    Tile,

    /// <summary>The seal of a segment.</summary>
    Seal,

    /// <summary>The mark from which a start reads on, or the one of what was removed.</summary>
    Mark,

    /// <summary>A receipt that proves nothing.</summary>
    Receipt,
}

/// <summary>
/// A log holds something that no crash leaves behind. It isn't opened: going on would hide the damage. The message is for operators.
/// </summary>
public sealed class JournalCorruptException : Exception
{
    internal JournalCorruptException(LogProblem problem)
        : base(
            $"{problem} The journal isn't opened. Keep the log's folder as it is for an inquiry and restore it from a copy; "
                + "or move it elsewhere, and a new log is begun."
        ) => Problem = problem;

    public LogProblem Problem { get; }
}
