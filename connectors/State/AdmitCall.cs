using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes admissions in the form that <see cref="AdmitScript"/> reads, behind what stands in a call already. Not thread-safe: used again for every call.</summary>
/// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is kept; microseconds.</param>
internal sealed class AdmitCall(RedisKeys names, RedisClock clock, long margin, List<RedisKey> keys, List<RedisValue> arguments)
{
    // The limits that were written last: whose, and where they begin, counted from 1 as in Lua. Who has the same ones points there.
    private AdmissionRequest? _limitsOf;
    private int _limitKeys;
    private int _limitArguments;

    public void Write(QueuedAsk<AdmissionRequest>[] asks)
    {
        _limitsOf = null;
        foreach (var asked in asks)
        {
            var (key, argument) = (keys.Count, arguments.Count);
            AddOwn(asked.Ask, clock.At(asked.Until));
            if (_limitsOf is null || !SameLimits(_limitsOf, asked.Ask))
            {
                AddLimits(asked.Ask);
            }

            arguments[argument] = keys.Count - key;
            arguments[argument + 1] = arguments.Count - argument;
            arguments[argument + 2] = _limitKeys;
            arguments[argument + 3] = _limitArguments;
        }
    }

    /// <param name="deadline">In Redis' time.</param>
    private void AddOwn(AdmissionRequest request, long deadline)
    {
        arguments.AddRange([default, default, default, default, deadline, request.Epoch]);
        AddNonce(request.Nonce);
        arguments.AddRange(
        [
            request.Rates.Count, request.Concurrency.Count, request.Budgets.Count, request.RequestId, Micros.From(request.Lease),
            request.Idempotency?.DecisionId ?? "", (long)(request.Idempotency?.Remember.TotalMilliseconds ?? 0),
        ]);
        if (request.Idempotency is { } use)
        {
            keys.Add(names.Idempotency(use));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            arguments.Add(request.Budgets[i].Reserve);
        }

        if (request.Budgets.Count > 0)
        {
            keys.Add(names.Unsettled(request.RequestId));
        }
    }

    private void AddNonce(NonceUse? nonce)
    {
        if (nonce is null)
        {
            arguments.AddRange([-1, 0]);
            return;
        }

        keys.Add(names.Nonce(nonce));
        arguments.AddRange([Math.Max(0, Micros.From(nonce.Created) - margin), ((Micros.From(nonce.Expires) + margin) / 1000) + 1]);
    }

    private void AddLimits(AdmissionRequest request)
    {
        (_limitsOf, _limitKeys, _limitArguments) = (request, keys.Count + 1, arguments.Count + 1);
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            keys.Add(names.Rate(use));
            arguments.AddRange([Gcra.Interval(use.Limit), Gcra.Tolerance(use.Limit)]);
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            keys.Add(names.Slots(request.Concurrency[i]));
            arguments.Add(request.Concurrency[i].Max);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            keys.Add(names.Budget(use));
            arguments.AddRange([use.Budget.Tokens, Micros.From(use.Budget.Window)]);
        }
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
