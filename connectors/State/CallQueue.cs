namespace Gateway.Connectors.State;

/// <summary>
/// Lets what arrives while a call is on its way go together in the next one. Nothing waits for others to come: while no call is on its way, the next goes at once.
/// Asks go in the order in which they came, so that none behind has less time left than one before. Thread-safe.
/// </summary>
/// <param name="carryOut">Makes one call of 1 to <see cref="Most"/> asks and gives one answer for each, in their order; returns by the last one's time at the latest. Null refuses all.</param>
internal sealed class CallQueue<T>(RedisClock clock, Func<QueuedAsk<T>[], Task<ScriptReply[]?>> carryOut)
{
    /// <summary>Bounds how long Redis is kept by one script (about a millisecond) and, since every name in an ask is bounded, the bytes of a call.</summary>
    public const int Most = 64;

    private readonly Lock _gate = new();
    private readonly Queue<QueuedAsk<T>> _waiting = new();
    private bool _underWay;

    /// <param name="until">In <see cref="RedisClock.Local"/> time: when it is given up.</param>
    /// <returns>The zero reply when there was no answer in time.</returns>
    public ValueTask<ScriptReply> AskAsync(T ask, long until)
    {
        var asked = new QueuedAsk<T>(ask, until);
        lock (_gate)
        {
            if (_underWay)
            {
                _waiting.Enqueue(asked);
                return asked.AnswerAsync();
            }

            _underWay = true;
        }

        _ = RunAsync([asked]);
        return asked.AnswerAsync();
    }

    private async Task RunAsync(QueuedAsk<T>[] asks)
    {
        ScriptReply[]? replies = null;
        Exception? fault = null;
        try
        {
            replies = await WaitAsync(carryOut(asks), asks);
        }
        catch (Exception e)
        {
            // A mistake of ours: whoever asked gets it, as if the call had been its own.
            fault = e;
        }

        StartNext();
        for (var i = 0; i < asks.Length; i++)
        {
            // The last one goes on here, on a thread that has nothing else to do; the others on threads of their own.
            asks[i].Answer(replies is not null && i < replies.Length ? replies[i] : default, fault, here: i == asks.Length - 1);
        }
    }

    private void StartNext()
    {
        QueuedAsk<T>[] next;
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _underWay = false;
                return;
            }

            next = new QueuedAsk<T>[Math.Min(Most, _waiting.Count)];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = _waiting.Dequeue();
            }
        }

        _ = RunAsync(next);
    }

    /// <summary>Waits for the call. Who runs out of time before it ends is answered then, and not held by those who have more.</summary>
    private async Task<ScriptReply[]?> WaitAsync(Task<ScriptReply[]?> call, QueuedAsk<T>[] asks)
    {
        for (var i = 0; i < asks.Length - 1 && !call.IsCompleted; i++)
        {
            try
            {
                await call.WaitAsync(Micros.ToSpan(Math.Max(0, asks[i].Until - clock.Local)));
            }
            catch (TimeoutException)
            {
                // The call may have ended just now: then there is an answer for this one too.
                if (!call.IsCompleted)
                {
                    asks[i].Answer(default, null, here: false);
                }
            }
        }

        return await call;
    }
}
