using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Writes admissions as <see cref="AdmitScript"/> reads them, behind what stands in a call already. Not thread-safe.</summary>
/// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is
/// kept; microseconds.</param>
internal sealed class AdmissionWriter(RedisKeys names, RedisClock clock, long margin, ScriptCallBuilder call)
{
    private readonly LimitWriter _limits = new(names, call);

    public void Write(QueuedRequest<AdmissionRequest>[] asks)
    {
        _limits.Clear();
        foreach (var asked in asks)
        {
            var (key, argument) = (call.Keys.Count, call.Arguments.Count);
            AddNames(asked.Item);
            _limits.Write(asked.Item);
            call.Arguments[argument] = NumbersOf(asked.Item, clock.At(asked.Until), call.Keys.Count - key, call.Arguments.Count - argument);
        }
    }

    /// <summary>Keys and arguments that are names; the first argument is for the numbers, which tell how many of both there are.</summary>
    private void AddNames(AdmissionRequest request)
    {
        call.Arguments.AddRange([default, request.RequestId]);
        if (request.Nonce is { } nonce)
        {
            if (request.NonceRate is { } rate)
            {
                call.Keys.Add(names.Rate(rate));
            }

            call.Keys.Add(names.Nonce(nonce));
            call.Arguments.Add(((Micros.From(nonce.Expires) + margin) / 1000) + 1);
        }

        if (request.Idempotency is { } use)
        {
            call.Keys.Add(names.Idempotency(use));
            call.Arguments.Add(use.DecisionId);
        }
    }

    /// <param name="deadline">In Redis' time.</param>
    private byte[] NumbersOf(AdmissionRequest request, long deadline, int keyCount, int argumentCount)
    {
        var created = request.Nonce is { } nonce ? Math.Max(0, Micros.From(nonce.Created) - margin) : -1;
        call.Numbers.Add(keyCount, argumentCount, _limits.Keys, _limits.Argument, deadline, request.Epoch, created);
        call.Numbers.Add(request.Rates.Count, request.Concurrency.Count, request.Budgets.Count, Micros.From(request.Lease));
        call.Numbers.Add((long)(request.Idempotency?.Remember.TotalMilliseconds ?? 0));
        if (request.NonceRate is { } rate)
        {
            call.Numbers.Add(Gcra.Interval(rate.Limit), Gcra.Tolerance(rate.Limit));
        }
        else
        {
            call.Numbers.Add(0, 0);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            call.Numbers.Add(request.Budgets[i].Reserve, request.Budgets[i].Kept);
        }

        return call.Numbers.Take();
    }
}
