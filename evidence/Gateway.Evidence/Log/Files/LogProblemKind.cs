namespace Gateway.Evidence.Log.Files;

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

    /// <summary>What stands behind all that was signed, and isn't by the log's own writer.</summary>
    Forged,

    /// <summary>A tile or bundle of the tree.</summary>
    Tile,

    /// <summary>The seal of a segment.</summary>
    Seal,

    /// <summary>The mark from which a start reads on, or the one of what was removed.</summary>
    Mark,

    /// <summary>A receipt that proves nothing.</summary>
    Receipt,
}
