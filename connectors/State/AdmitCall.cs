using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes admissions in the form that <see cref="AdmitScript"/> reads, behind what stands in a call already. Not thread-safe: used again for every call.</summary>
/// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is kept; microseconds.</param>
internal sealed class AdmitCall(RedisKeys names, RedisClock clock, long margin, List<RedisKey> keys, List<RedisValue> arguments)
{
    private readonly PackedNumbers _numbers = new();

    // The limits that were written last: whose, and where they begin, counted from 1 as in Lua. Who has the same ones points there.
    private AdmissionRequest? _limitsOf;
    private int _limitKeys;
    private int _limitArgument;

    public void Write(QueuedAsk<AdmissionRequest>[] asks)
    {
        _limitsOf = null;
        _numbers.Clear();
        foreach (var asked in asks)
        {
            var (key, argument) = (keys.Count, arguments.Count);
            AddNames(asked.Ask);
            if (_limitsOf is null || !SameLimits(_limitsOf, asked.Ask))
            {
                AddLimits(asked.Ask);
            }

            arguments[argument] = NumbersOf(asked.Ask, clock.At(asked.Until), keys.Count - key, arguments.Count - argument);
        }
    }

    /// <summary>Keys and arguments that are names; the first argument is for the numbers, which tell how many of both there are.</summary>
    private void AddNames(AdmissionRequest request)
    {
        arguments.AddRange([default, request.RequestId]);
        if (request.Nonce is { } nonce)
        {
            keys.Add(names.Nonce(nonce));
            arguments.Add(((Micros.From(nonce.Expires) + margin) / 1000) + 1);
        }

        if (request.Idempotency is { } use)
        {
            keys.Add(names.Idempotency(use));
            arguments.Add(use.DecisionId);
        }

        if (request.Budgets.Count > 0)
        {
            keys.Add(names.Unsettled(request.RequestId));
        }
    }

    /// <param name="deadline">In Redis' time.</param>
    private RedisValue NumbersOf(AdmissionRequest request, long deadline, int keyCount, int argumentCount)
    {
        var created = request.Nonce is { } nonce ? Math.Max(0, Micros.From(nonce.Created) - margin) : -1;
        _numbers.Add(keyCount, argumentCount, _limitKeys, _limitArgument, deadline, request.Epoch, created);
        _numbers.Add(request.Rates.Count, request.Concurrency.Count, request.Budgets.Count, Micros.From(request.Lease));
        _numbers.Add((long)(request.Idempotency?.Remember.TotalMilliseconds ?? 0));
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            _numbers.Add(request.Budgets[i].Reserve);
        }

        return _numbers.Take();
    }

    private void AddLimits(AdmissionRequest request)
    {
        _limitsOf = request;
        _limitKeys = keys.Count + 1;
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            keys.Add(names.Rate(use));
            _numbers.Add(Gcra.Interval(use.Limit), Gcra.Tolerance(use.Limit));
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            keys.Add(names.Slots(request.Concurrency[i]));
            _numbers.Add(request.Concurrency[i].Max);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            keys.Add(names.Budget(use));
            _numbers.Add(use.Budget.Tokens, Micros.From(use.Budget.Window));
        }

        arguments.Add(_numbers.Take());
        _limitArgument = arguments.Count;
    }

    /// <summary>Whether both are charged to the same limits; each may reserve what it likes.</summary>
    private static bool SameLimits(AdmissionRequest one, AdmissionRequest other)
    {
        var same = one.Rates.Count == other.Rates.Count && one.Concurrency.Count == other.Concurrency.Count && one.Budgets.Count == other.Budgets.Count;
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
