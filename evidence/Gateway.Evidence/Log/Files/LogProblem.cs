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
