using System.Threading.Tasks.Sources;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// What goes together in one call: 1 ask at least. What is given back comes first, so that who is admitted finds it free.
/// </summary>
internal readonly record struct CallBatch(QueuedRequest<Settlement>[] Settlements, QueuedRequest<AdmissionRequest>[] Admissions)
{
    public int Count => Settlements.Length + Admissions.Length;

    /// <value>By when it must have ended, in <see cref="RedisClock.Local"/> time. Where somebody waits to be admitted, it is his time: a
    /// settlement is asked again.</value>
    public long Until => Admissions is [.., var last] ? last.Until : Settlements[^1].Until;

    /// <summary>In the order of the answers.</summary>
    public QueuedRequest this[int i] => i < Settlements.Length ? Settlements[i] : Admissions[i - Settlements.Length];
}

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
