using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// Writes admissions in the form that <see cref="AdmitScript"/> reads, behind what stands in a call already. Not thread-safe: used again
/// for every call.
/// </summary>
/// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is
/// kept; microseconds.</param>
internal sealed class AdmissionWriter(RedisKeys names, RedisClock clock, long margin, ScriptCallBuilder call)
{
    // The limits that were written last: whose, and where they begin, counted from 1 as in Lua. Who has the same ones points there.
    private AdmissionRequest? _limitsOf;
    private int _limitKeys;
    private int _limitArgument;

    public void Write(QueuedRequest<AdmissionRequest>[] asks)
    {
        _limitsOf = null;
        foreach (var asked in asks)
        {
            var (key, argument) = (call.Keys.Count, call.Arguments.Count);
            AddNames(asked.Item);
            if (_limitsOf is null || !SameLimits(_limitsOf, asked.Item))
            {
                AddLimits(asked.Item);
            }

            call.Arguments[argument] = NumbersOf(asked.Item, clock.At(asked.Until), call.Keys.Count - key, call.Arguments.Count - argument);
        }
    }

    /// <summary>Keys and arguments that are names; the first argument is for the numbers, which tell how many of both there are.</summary>
    private void AddNames(AdmissionRequest request)
    {
        call.Arguments.AddRange([default, request.RequestId]);
        if (request.Nonce is { } nonce)
        {
            call.Keys.Add(names.Nonce(nonce));
            call.Arguments.Add(((Micros.From(nonce.Expires) + margin) / 1000) + 1);
        }

        if (request.Idempotency is { } use)
        {
            call.Keys.Add(names.Idempotency(use));
            call.Arguments.Add(use.DecisionId);
        }

        if (request.Budgets.Count > 0)
        {
            call.Keys.Add(names.Unsettled(request.RequestId));
        }
    }

    /// <param name="deadline">In Redis' time.</param>
    private RedisValue NumbersOf(AdmissionRequest request, long deadline, int keyCount, int argumentCount)
    {
        var created = request.Nonce is { } nonce ? Math.Max(0, Micros.From(nonce.Created) - margin) : -1;
        call.Numbers.Add(keyCount, argumentCount, _limitKeys, _limitArgument, deadline, request.Epoch, created);
        call.Numbers.Add(request.Rates.Count, request.Concurrency.Count, request.Budgets.Count, Micros.From(request.Lease));
        call.Numbers.Add((long)(request.Idempotency?.Remember.TotalMilliseconds ?? 0));
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            call.Numbers.Add(request.Budgets[i].Reserve);
        }

        return call.Numbers.Take();
    }

    private void AddLimits(AdmissionRequest request)
    {
        _limitsOf = request;
        _limitKeys = call.Keys.Count + 1;
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            call.Keys.Add(names.Rate(use));
            call.Numbers.Add(Gcra.Interval(use.Limit), Gcra.Tolerance(use.Limit));
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            call.Keys.Add(names.Slots(request.Concurrency[i]));
            call.Numbers.Add(request.Concurrency[i].Max);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            call.Keys.Add(names.Budget(use));
            call.Numbers.Add(use.Budget.Tokens, Micros.From(use.Budget.Window));
        }

        call.Arguments.Add(call.Numbers.Take());
        _limitArgument = call.Arguments.Count;
    }

    /// <summary>Whether both are charged to the same limits; each may reserve what it likes.</summary>
    private static bool SameLimits(AdmissionRequest one, AdmissionRequest other)
    {
        var same =
            one.Rates.Count == other.Rates.Count
            && one.Concurrency.Count == other.Concurrency.Count
            && one.Budgets.Count == other.Budgets.Count;
        for (var i = 0; same && i < one.Rates.Count; i++)
        {
            same = one.Rates[i] == other.Rates[i];
        }

        for (var i = 0; same && i < one.Concurrency.Count; i++)
        {
            same = one.Concurrency[i] == other.Concurrency[i];
        }

        for (var i = 0; same && i < one.Budgets.Count; i++)
        {
            same = one.Budgets[i].Key == other.Budgets[i].Key && one.Budgets[i].Budget == other.Budgets[i].Budget;
        }

        return same;
    }
}
