using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// One tenant's memory: everything under one lock, held for well under a microsecond a limit and never over I/O. Thread-safe.
/// </summary>
internal sealed class MemoryTenant(MemoryStateOptions options, long began, long epoch)
{
    // Nobody knows when a slot comes free; a second is soon enough to ask again.
    private static readonly TimeSpan SlotRetry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly NonceTable _nonces = new(options.MaxNonces);
    private readonly KeyTable<long> _arrivals = new(options.MaxKeys);
    private readonly KeyTable<LeaseSet> _leases = new(options.MaxKeys);
    private readonly KeyTable<BudgetWindow> _budgets = new(options.MaxKeys);
    private readonly KeyTable<bool> _unsettled = new(options.MaxKeys);
    private readonly KeyTable<string> _done = new(options.MaxKeys);
    private long _began = began;
    private long _epoch = epoch;

    public long Epoch
    {
        get
        {
            lock (_gate)
            {
                return _epoch;
            }
        }
    }

    public void RaiseEpoch(long epoch)
    {
        lock (_gate)
        {
            _epoch = Math.Max(_epoch, epoch);
        }
    }

    /// <summary>What was signed before this moment can't be told from a replay any more. It never moves back.</summary>
    public void BeginAgain(long at)
    {
        lock (_gate)
        {
            _began = Math.Max(_began, at);
        }
    }

    /// <summary>
    /// 1. epoch, 2. room for everything, 3. nonce and idempotency key, 4. all limits are asked, 5. all limits are charged.
    /// </summary>
    public AdmissionAnswer Admit(AdmissionRequest request, long now)
    {
        var mark = request.Nonce is { } nonce ? NonceTable.MarkOf(nonce) : default;
        lock (_gate)
        {
            if (_epoch > request.Epoch) // 1
            {
                return new AdmissionAnswer(AdmissionOutcome.Stale, Epoch: _epoch);
            }

            if (!HasRoom(request, now)) // 2
            {
                return default;
            }

            if (
                !TryConsumeNonce(request.Nonce, mark, now, out var refusal)
                || !TryOnce(request.Idempotency, now, out refusal) // 3
                || !TryRates(request, now, out refusal)
                || !TrySlots(request, now, out refusal)
                || !TryBudgets(request, now, out refusal)
            ) // 4
            {
                return refusal with { Epoch = _epoch };
            }

            Charge(request, now); // 5
            return new AdmissionAnswer(AdmissionOutcome.Admitted, At: Micros.ToTime(now), Epoch: _epoch);
        }
    }

    public void Settle(in Settlement settlement, long now)
    {
        var request = settlement.Request;
        lock (_gate)
        {
            if (settlement.Freed is { } once && _done.TryGet(once.Key, now, out var by) && by == once.DecisionId)
            {
                _done.Remove(once.Key, now);
            }

            for (var i = 0; i < request.Concurrency.Count; i++)
            {
                if (_leases.TryGet(request.Concurrency[i].Key, now, out var leases))
                {
                    leases.Release(request.RequestId);
                }
            }

            if (_unsettled.Remove(request.RequestId, now))
            {
                Correct(settlement, now);
            }
        }
    }

    private bool HasRoom(AdmissionRequest request, long now) =>
        (request.Nonce is null || _nonces.HasRoom(now))
        && _arrivals.HasRoom(request.Rates.Count, now)
        && _leases.HasRoom(request.Concurrency.Count, now)
        && _budgets.HasRoom(request.Budgets.Count, now)
        && (request.Budgets.Count == 0 || _unsettled.HasRoom(1, now))
        && (request.Idempotency is null || _done.HasRoom(1, now));

    private bool TryConsumeNonce(NonceUse? nonce, UInt128 mark, long now, out AdmissionAnswer refusal)
    {
        refusal = default;
        if (nonce is null)
        {
            return true;
        }

        var skew = Micros.From(options.AllowedClockSkew);
        var early = _began + skew - Micros.From(nonce.Created);
        if (early > 0)
        {
            var wait = Micros.ToSpan(Math.Max(0, _began + skew - now));
            refusal = new AdmissionAnswer(AdmissionOutcome.CreatedTooEarly, wait);
            return false;
        }

        if (_nonces.Contains(mark))
        {
            refusal = new AdmissionAnswer(AdmissionOutcome.Replayed);
            return false;
        }

        var until = Micros.From(nonce.Expires) + skew;
        if (until <= now)
        {
            // It would be forgotten as soon as it was remembered. Fails closed.
            return false;
        }

        _nonces.Add(mark, until);
        return true;
    }

    private bool TryOnce(IdempotencyUse? use, long now, out AdmissionAnswer refusal)
    {
        var done = use is not null && _done.TryGet(use.Key, now, out var earlier) ? earlier : null;
        refusal = done is null ? default : new AdmissionAnswer(AdmissionOutcome.AlreadyDone, Key: done);
        return done is null;
    }

    private bool TryRates(AdmissionRequest request, long now, out AdmissionAnswer refusal)
    {
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var (key, limit) = request.Rates[i];
            if (_arrivals.TryGet(key, now, out var arrival) && Gcra.Wait(arrival, now, limit) is > 0 and var wait)
            {
                refusal = new AdmissionAnswer(AdmissionOutcome.RateLimited, Micros.ToSpan(wait), key);
                return false;
            }
        }

        refusal = default;
        return true;
    }

    private bool TrySlots(AdmissionRequest request, long now, out AdmissionAnswer refusal)
    {
        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            var (key, max) = request.Concurrency[i];
            if (_leases.TryGet(key, now, out var leases) && leases.IsFull(max, now))
            {
                refusal = new AdmissionAnswer(AdmissionOutcome.ConcurrencyLimited, SlotRetry, key);
                return false;
            }
        }

        refusal = default;
        return true;
    }

    private bool TryBudgets(AdmissionRequest request, long now, out AdmissionAnswer refusal)
    {
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var (key, budget, reserve, _) = request.Budgets[i];
            var window = WindowOf(request.Budgets[i], now);
            if (window.Used + reserve > budget.Tokens)
            {
                refusal = new AdmissionAnswer(AdmissionOutcome.BudgetExhausted, Micros.ToSpan(window.End(budget) - now), key);
                return false;
            }
        }

        refusal = default;
        return true;
    }

    private void Charge(AdmissionRequest request, long now)
    {
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var (key, limit) = request.Rates[i];
            var next = Gcra.Next(_arrivals.TryGet(key, now, out var arrival) ? arrival : now, now, limit);
            _arrivals.Set(key, next, next);
        }

        if (request.Idempotency is { } use)
        {
            _done.Set(use.Key, use.DecisionId, now + Micros.From(use.Remember));
        }

        var lease = now + Micros.From(request.Lease);
        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            TakeSlot(request.Concurrency[i].Key, request.RequestId, lease, now);
        }

        var settleBy = 0L;
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var budget = request.Budgets[i];
            var window = WindowOf(budget, now);
            var end = window.End(budget.Budget);
            _budgets.Set(TableKey(budget), window with { Used = window.Used + budget.Reserve }, end);
            settleBy = Math.Max(settleBy, end);
        }

        if (settleBy > 0)
        {
            _unsettled.Set(request.RequestId, true, settleBy);
        }
    }

    private void TakeSlot(string key, string requestId, long until, long now)
    {
        if (!_leases.TryGet(key, now, out var leases))
        {
            leases = new LeaseSet();
        }

        leases.Take(requestId, until);

        // A day is the longest lease, so the set outlives each of them, and a set that nobody has touched for so long holds nothing.
        _leases.Set(key, leases, now + Micros.From(RequestShape.MaxLease));
    }

    private void Correct(in Settlement settlement, long now)
    {
        var budgets = settlement.Request.Budgets;
        for (var i = 0; i < budgets.Count; i++)
        {
            var use = budgets[i];
            if (_budgets.TryGet(TableKey(use), now, out var window) && window.Start == settlement.WindowOf(use))
            {
                _budgets.Set(TableKey(use), window with { Used = window.Used + settlement.DifferenceOf(use) }, window.End(use.Budget));
            }
        }
    }

    private BudgetWindow WindowOf(BudgetUse use, long now) =>
        (_budgets.TryGet(TableKey(use), now, out var window) ? window : default).At(now, use.Budget);

    // The window's length is part of the key: a budget whose window is changed starts a counter of its own.
    private static string TableKey(BudgetUse use) =>
        string.Concat(use.Key, "\n", ((long)use.Budget.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
