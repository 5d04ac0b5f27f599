using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// Lets what arrives while two calls are on their way go together in the next one. Who is to be admitted doesn't wait for others to come:
/// while there is room, the next goes at once, and takes along what is to be settled. A settlement, for which nobody waits, lets an
/// admission come to go with, which saves a call for each request. Asks of a kind are taken in the order in which they came, so that none
/// behind has less time left than one before; calls that are on their way at once may overtake each other, since none waits for another's
/// thread. Thread-safe.
/// </summary>
/// <param name="send"> Makes one call and gives one answer for each ask, in the batch's order; returns by the batch's time at the
/// latest. Null refuses all. Answers that come after it are given to its second argument. </param>
/// <param name="within">How long a give-back may take, in microseconds: as long as any ask, or those that wait behind it would wait for
/// longer than their own time.</param>
internal sealed class CallQueue(
    RedisClock clock,
    TimeProvider time,
    long within,
    Func<CallBatch, Action<ScriptReply[]>, Task<ScriptReply[]?>> send
)
{
    /// <summary>
    /// Bounds how long Redis is kept by one script (about a millisecond) and, since every name in an ask is bounded, the bytes of a call.
    /// </summary>
    public const int MaxBatchSize = 64;

    /// <summary>
    /// How many calls are on their way at once. With one, a request at half load waits for the rest of another's call before its own: two
    /// halve what Redis adds to the median. Four are no better, and more calls.
    /// </summary>
    public const int MaxConcurrentCalls = 2;

    /// <summary>How long a settlement waits for an admission at most; as long may another replica find a slot taken that is free.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<QueuedRequest<Settlement>> _settlements = new();
    private readonly Queue<QueuedRequest<AdmissionRequest>> _admissions = new();
    private int _underWay;
    private bool _lingering;

    /// <param name="until">In <see cref="RedisClock.Local"/> time: when it is given up.</param>
    /// <returns>The zero reply when there was no answer in time.</returns>
    public ValueTask<ScriptReply> AdmitAsync(AdmissionRequest request, long until) => Ask(_admissions, new(request, until));

    /// <inheritdoc cref="AdmitAsync"/>
    public ValueTask<ScriptReply> SettleAsync(Settlement settlement, long until) => Ask(_settlements, new(settlement, until));

    private ValueTask<ScriptReply> Ask<T>(Queue<QueuedRequest<T>> waiting, QueuedRequest<T> asked)
    {
        CallBatch? next;
        lock (_gate)
        {
            waiting.Enqueue(asked);
            next = Take(alone: false);
        }

        Run(next);
        return asked.AnswerAsync();
    }

    /// <summary>What is to go now, if anything. Only inside the gate.</summary>
    /// <param name="alone">Whether settlements have waited long enough for an admission.</param>
    private CallBatch? Take(bool alone)
    {
        if (_underWay == MaxConcurrentCalls || _admissions.Count + _settlements.Count == 0)
        {
            return null;
        }

        if (_admissions.Count == 0 && _settlements.Count < MaxBatchSize && !alone)
        {
            if (!_lingering)
            {
                _lingering = true;
                _ = LingerAsync();
            }

            return null;
        }

        // Neither kind keeps the other out.
        var admissions = Math.Min(_admissions.Count, MaxBatchSize - Math.Min(_settlements.Count, MaxBatchSize / 2));
        _underWay++;
        return new CallBatch(Take(_settlements, Math.Min(_settlements.Count, MaxBatchSize - admissions)), Take(_admissions, admissions));
    }

    private static QueuedRequest<T>[] Take<T>(Queue<QueuedRequest<T>> waiting, int count)
    {
        var taken = count == 0 ? [] : new QueuedRequest<T>[count];
        for (var i = 0; i < count; i++)
        {
            taken[i] = waiting.Dequeue();
        }

        return taken;
    }

    private async Task LingerAsync()
    {
        await Task.Delay(Linger, time);
        CallBatch? next;
        lock (_gate)
        {
            _lingering = false;
            next = Take(alone: true);
        }

        Run(next);
    }

    private void Run(CallBatch? next)
    {
        if (next is { } batch)
        {
            _ = RunAsync(batch);
        }
    }

    private async Task RunAsync(CallBatch batch)
    {
        ScriptReply[]? replies = null;
        Exception? fault = null;
        try
        {
            replies = await WaitAsync(send(batch, late => GiveBack(batch, late)), batch.Admissions);
        }
        catch (Exception e)
        {
            // A mistake of ours: whoever asked gets it, as if the call had been its own.
            fault = e;
        }

        CallBatch? next;
        lock (_gate)
        {
            _underWay--;
            next = Take(alone: false);
        }

        Run(next);
        for (var i = 0; i < batch.Count; i++)
        {
            // The last one goes on here, on a thread that has nothing else to do, and so does what was settled: there is little left to do.
            // The others on threads of their own.
            var here = i < batch.Settlements.Length || i == batch.Count - 1;
            var reply = replies is not null && i < replies.Length ? replies[i] : default;
            if (!batch[i].Answer(reply, fault, here) && i >= batch.Settlements.Length)
            {
                GiveBack(batch.Admissions[i - batch.Settlements.Length].Item, reply);
            }
        }
    }

    /// <summary>Of a call that nobody waits for any more.</summary>
    private void GiveBack(CallBatch batch, ScriptReply[] replies)
    {
        for (var i = 0; i < batch.Admissions.Length; i++)
        {
            GiveBack(batch.Admissions[i].Item, replies[batch.Settlements.Length + i]);
        }
    }

    /// <summary>
    /// Gives back what was charged for one who was refused meanwhile: nothing was sent. Otherwise its slots would be taken until their
    /// lease ends, and soon all of them.
    /// </summary>
    private void GiveBack(AdmissionRequest request, ScriptReply reply)
    {
        var settlement = new Settlement(request, Micros.ToTime(reply.Now), TokensUsed: null);
        if (reply.Word == ScriptReply.Good && !settlement.IsEmpty)
        {
            _ = SettleAsync(settlement, clock.Local + within);
        }
    }

    /// <summary>Waits for the call. Who runs out of time before it ends is answered then, and not held by those who have more.</summary>
    private async Task<ScriptReply[]?> WaitAsync(Task<ScriptReply[]?> call, QueuedRequest<AdmissionRequest>[] asks)
    {
        for (var i = 0; i < asks.Length - 1 && !call.IsCompleted; i++)
        {
            try
            {
                await StallTolerantWait.AwaitAsync(call, Micros.ToSpan(Math.Max(0, asks[i].Until - clock.Local)), clock);
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
