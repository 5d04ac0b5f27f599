namespace Gateway.Evidence.Journal;

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
