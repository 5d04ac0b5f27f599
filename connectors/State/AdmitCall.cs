using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes a call of one or more admissions in the form that <see cref="AdmitScript"/> reads. Not thread-safe: used again for every call.</summary>
/// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is kept; microseconds.</param>
internal sealed class AdmitCall(RedisKeys names, RedisClock clock, long margin)
{
    private static readonly RedisValue Mode = "admit";

    private readonly List<RedisKey> _keys = [];
    private readonly List<RedisValue> _arguments = [];

    // The limits that were written last: whose, and where they begin, counted from 1 as in Lua. Who has the same ones points there.
    private AdmissionRequest? _limitsOf;
    private int _limitKeys;
    private int _limitArguments;

    public ScriptCall Write(QueuedAsk<AdmissionRequest>[] asks, RedisSession session)
    {
        _keys.Clear();
        _arguments.Clear();
        _limitsOf = null;
        _keys.Add(names.Memory);
        _arguments.Add(Mode);
        _arguments.Add(session.Identity);
        foreach (var asked in asks)
        {
            var (key, argument) = (_keys.Count, _arguments.Count);
            AddOwn(asked.Ask, clock.At(asked.Until));
            if (_limitsOf is null || !SameLimits(_limitsOf, asked.Ask))
            {
                AddLimits(asked.Ask);
            }

            _arguments[argument] = _keys.Count - key;
            _arguments[argument + 1] = _arguments.Count - argument;
            _arguments[argument + 2] = _limitKeys;
            _arguments[argument + 3] = _limitArguments;
        }

        return new ScriptCall([.. _keys], [.. _arguments]);
    }

    /// <param name="deadline">In Redis' time.</param>
    private void AddOwn(AdmissionRequest request, long deadline)
    {
        _arguments.AddRange([default, default, default, default, deadline, request.Epoch]);
        AddNonce(request.Nonce);
        _arguments.AddRange(
        [
            request.Rates.Count, request.Concurrency.Count, request.Budgets.Count, request.RequestId, Micros.From(request.Lease),
            request.Idempotency?.DecisionId ?? "", (long)(request.Idempotency?.Remember.TotalMilliseconds ?? 0),
        ]);
        if (request.Idempotency is { } use)
        {
            _keys.Add(names.Idempotency(use));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            _arguments.Add(request.Budgets[i].Reserve);
        }

        if (request.Budgets.Count > 0)
        {
            _keys.Add(names.Unsettled(request.RequestId));
        }
    }

    private void AddNonce(NonceUse? nonce)
    {
        if (nonce is null)
        {
            _arguments.AddRange([-1, 0]);
            return;
        }

        _keys.Add(names.Nonce(nonce));
        _arguments.AddRange([Math.Max(0, Micros.From(nonce.Created) - margin), ((Micros.From(nonce.Expires) + margin) / 1000) + 1]);
    }

    private void AddLimits(AdmissionRequest request)
    {
        (_limitsOf, _limitKeys, _limitArguments) = (request, _keys.Count + 1, _arguments.Count + 1);
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            _keys.Add(names.Rate(use));
            _arguments.AddRange([Gcra.Interval(use.Limit), Gcra.Tolerance(use.Limit)]);
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            _keys.Add(names.Slots(request.Concurrency[i]));
            _arguments.Add(request.Concurrency[i].Max);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            _keys.Add(names.Budget(use));
            _arguments.AddRange([use.Budget.Tokens, Micros.From(use.Budget.Window)]);
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
