namespace Gateway.Evidence.Journal;

/// <summary>
/// How long an append may wait. It costs nothing where the append doesn't wait, which is nearly always: the timer is made by whoever begins
/// to.
/// </summary>
internal readonly struct AppendWait
{
    private readonly CancellationToken _token;
    private readonly TimeSpan _longest;
    private readonly TimeProvider? _time;

    /// <summary>Until a token ends it.</summary>
    public AppendWait(CancellationToken token) => _token = token;

    /// <summary>For a time.</summary>
    public AppendWait(TimeSpan longest, TimeProvider time) => (_longest, _time) = (longest, time);

    /// <summary>Begins to wait; gives what ends the wait.</summary>
    /// <param name="timer">To be disposed of at the end; null for none.</param>
    public CancellationToken Begin(out CancellationTokenSource? timer)
    {
        timer = _time is null ? null : new CancellationTokenSource(_longest, _time);
        return timer?.Token ?? _token;
    }
}
