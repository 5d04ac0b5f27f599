using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// Writes admissions in the form that <see cref="AdmitScript"/> reads, behind what stands in a call already. Not thread-safe: used again
/// for every call.
/// </summary>
/// <param name="margin">How long after a generation's beginning a signature must have been made, and how long after its end its nonce is
/// kept; microseconds.</param>
internal sealed class AdmitCall(RedisKeys names, RedisClock clock, long margin, CallDraft draft)
{
    // The limits that were written last: whose, and where they begin, counted from 1 as in Lua. Who has the same ones points there.
    private AdmissionRequest? _limitsOf;
    private int _limitKeys;
    private int _limitArgument;

    public void Write(QueuedAsk<AdmissionRequest>[] asks)
    {
        _limitsOf = null;
        foreach (var asked in asks)
        {
            var (key, argument) = (draft.Keys.Count, draft.Arguments.Count);
            AddNames(asked.Ask);
            if (_limitsOf is null || !SameLimits(_limitsOf, asked.Ask))
            {
                AddLimits(asked.Ask);
            }

            draft.Arguments[argument] = NumbersOf(
                asked.Ask,
                clock.At(asked.Until),
                draft.Keys.Count - key,
                draft.Arguments.Count - argument
            );
        }
    }

    /// <summary>Keys and arguments that are names; the first argument is for the numbers, which tell how many of both there are.</summary>
    private void AddNames(AdmissionRequest request)
    {
        draft.Arguments.AddRange([default, request.RequestId]);
        if (request.Nonce is { } nonce)
        {
            draft.Keys.Add(names.Nonce(nonce));
            draft.Arguments.Add(((Micros.From(nonce.Expires) + margin) / 1000) + 1);
        }

        if (request.Idempotency is { } use)
        {
            draft.Keys.Add(names.Idempotency(use));
            draft.Arguments.Add(use.DecisionId);
        }

        if (request.Budgets.Count > 0)
        {
            draft.Keys.Add(names.Unsettled(request.RequestId));
        }
    }

    /// <param name="deadline">In Redis' time.</param>
    private RedisValue NumbersOf(AdmissionRequest request, long deadline, int keyCount, int argumentCount)
    {
        var created = request.Nonce is { } nonce ? Math.Max(0, Micros.From(nonce.Created) - margin) : -1;
        draft.Numbers.Add(keyCount, argumentCount, _limitKeys, _limitArgument, deadline, request.Epoch, created);
        draft.Numbers.Add(request.Rates.Count, request.Concurrency.Count, request.Budgets.Count, Micros.From(request.Lease));
        draft.Numbers.Add((long)(request.Idempotency?.Remember.TotalMilliseconds ?? 0));
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            draft.Numbers.Add(request.Budgets[i].Reserve);
        }

        return draft.Numbers.Take();
    }

    private void AddLimits(AdmissionRequest request)
    {
        _limitsOf = request;
        _limitKeys = draft.Keys.Count + 1;
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            draft.Keys.Add(names.Rate(use));
            draft.Numbers.Add(Gcra.Interval(use.Limit), Gcra.Tolerance(use.Limit));
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            draft.Keys.Add(names.Slots(request.Concurrency[i]));
            draft.Numbers.Add(request.Concurrency[i].Max);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            draft.Keys.Add(names.Budget(use));
            draft.Numbers.Add(use.Budget.Tokens, Micros.From(use.Budget.Window));
        }

        draft.Arguments.Add(draft.Numbers.Take());
        _limitArgument = draft.Arguments.Count;
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
