using System.Threading.Tasks.Sources;

namespace Gateway.Connectors.State;

/// <summary>One ask that goes with others in one call. Its first answer counts. Answered by one thread at a time.</summary>
/// <param name="until">In <see cref="RedisClock.Local"/> time.</param>
internal sealed class QueuedRequest<T>(T item, long until) : QueuedRequest(until)
{
    public T Item { get; } = item;
}

/// <summary>What is the same of all: when it is given up, and its answer.</summary>
/// <param name="until">In <see cref="RedisClock.Local"/> time.</param>
internal abstract class QueuedRequest(long until) : IValueTaskSource<ScriptReply>
{
    private ManualResetValueTaskSourceCore<ScriptReply> _core;
    private bool _answered;

    public long Until { get; } = until;

    /// <summary>To be awaited once.</summary>
    public ValueTask<ScriptReply> AnswerAsync() => new(this, _core.Version);

    /// <param name="here">Whether who waits goes on inside this call.</param>
    /// <returns>False where it was answered before: then this answer reached nobody.</returns>
    public bool Answer(ScriptReply reply, Exception? fault, bool here)
    {
        if (_answered)
        {
            return false;
        }

        _answered = true;
        _core.RunContinuationsAsynchronously = !here;
        if (fault is null)
        {
            _core.SetResult(reply);
        }
        else
        {
            _core.SetException(fault);
        }

        return true;
    }

    ScriptReply IValueTaskSource<ScriptReply>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ScriptReply>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<ScriptReply>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _core.OnCompleted(continuation, state, token, flags);
}
