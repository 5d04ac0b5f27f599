using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// The rates of one tenant: the next theoretical arrival of each. As the two below it asks all limits before any is charged. Not
/// thread-safe.
/// </summary>
internal sealed class MemoryRates(int capacity)
{
    private readonly KeyTable<string, long> _arrivals = new(capacity);

    public bool HasRoom(int uses, long now) => _arrivals.HasRoom(uses, now);

    public bool TryAdmit(IReadOnlyList<RateUse> uses, long now, out AdmissionAnswer refusal)
    {
        for (var i = 0; i < uses.Count; i++)
        {
            if (!TryAdmit(uses[i], now, out refusal))
            {
                return false;
            }
        }

        refusal = default;
        return true;
    }

    public bool TryAdmit(RateUse use, long now, out AdmissionAnswer refusal)
    {
        var (key, limit) = use;
        var wait = _arrivals.TryGet(key, now, out var arrival) ? Gcra.Wait(arrival, now, limit) : 0;
        refusal = wait > 0 ? new AdmissionAnswer(AdmissionOutcome.RateLimited, Micros.ToSpan(wait), key) : default;
        return wait <= 0;
    }

    public void Charge(IReadOnlyList<RateUse> uses, long now)
    {
        for (var i = 0; i < uses.Count; i++)
        {
            Charge(uses[i], now);
        }
    }

    public void Charge(RateUse use, long now)
    {
        var (key, limit) = use;
        var next = Gcra.Next(_arrivals.TryGet(key, now, out var arrival) ? arrival : now, now, limit);
        _arrivals.Set(key, next, next);
    }
}

/// <summary>Who holds the slots of one tenant's concurrency limits. Not thread-safe.</summary>
internal sealed class MemorySlots(int capacity)
{
    // Nobody knows when a slot comes free; a second is soon enough to ask again.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly KeyTable<string, HashSet<string>> _holders = new(capacity);

    public bool HasRoom(IReadOnlyList<ConcurrencyUse> uses, long now) => _holders.HasRoom(uses.Count, now);

    public bool TryAdmit(IReadOnlyList<ConcurrencyUse> uses, long now, out AdmissionAnswer refusal)
    {
        for (var i = 0; i < uses.Count; i++)
        {
            var (key, max) = uses[i];
            if (_holders.TryGet(key, now, out var holders) && holders.Count >= max)
            {
                refusal = new AdmissionAnswer(AdmissionOutcome.ConcurrencyLimited, Retry, key);
                return false;
            }
        }

        refusal = default;
        return true;
    }

    public void Take(AdmissionRequest request, long now)
    {
        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            var key = request.Concurrency[i].Key;
            if (!_holders.TryGet(key, now, out var holders))
            {
                holders = new HashSet<string>(StringComparer.Ordinal);
            }

            holders.Add(request.RequestId);

            // A day is longer than any request takes: a set that nobody has touched for so long holds nothing.
            _holders.Set(key, holders, now + Micros.From(AdmissionValidation.MaxLease));
        }
    }

    public void Release(AdmissionRequest request, long now)
    {
        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            if (_holders.TryGet(request.Concurrency[i].Key, now, out var holders))
            {
                holders.Remove(request.RequestId);
            }
        }
    }
}

/// <summary>What one tenant's budgets have been charged. Not thread-safe.</summary>
internal sealed class MemoryBudgets(int capacity)
{
    private readonly KeyTable<(string Key, long Seconds), BudgetWindow> _windows = new(capacity);

    public bool HasRoom(IReadOnlyList<BudgetUse> uses, long now) => _windows.HasRoom(uses.Count, now);

    public bool TryAdmit(IReadOnlyList<BudgetUse> uses, long now, out AdmissionAnswer refusal)
    {
        for (var i = 0; i < uses.Count; i++)
        {
            var (key, budget, reserve, _, _) = uses[i];
            var window = WindowOf(TableKey(uses[i]), uses[i], now);
            if (window.Used + reserve > budget.Tokens)
            {
                refusal = new AdmissionAnswer(AdmissionOutcome.BudgetExhausted, Micros.ToSpan(window.End(budget) - now), key);
                return false;
            }
        }

        refusal = default;
        return true;
    }

    public void Charge(AdmissionRequest request, long now)
    {
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            var key = TableKey(use);
            var window = WindowOf(key, use, now);
            var end = window.End(use.Budget);
            _windows.Set(key, window with { Used = window.Used + use.Reserve }, end);
        }
    }

    /// <summary>Once for each request.</summary>
    /// <param name="used">Null where nobody can say it any more.</param>
    public void Correct(AdmissionRequest request, DateTimeOffset admittedAt, long? used, long now)
    {
        var settlement = new Settlement(request, admittedAt, used);
        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            var key = TableKey(use);
            if (_windows.TryGet(key, now, out var window) && window.Start == settlement.WindowOf(use))
            {
                var difference = used is null ? use.Kept - use.Reserve : settlement.DifferenceOf(use);
                _windows.Set(key, window with { Used = window.Used + difference }, window.End(use.Budget));
            }
        }
    }

    private BudgetWindow WindowOf((string Key, long Seconds) key, BudgetUse use, long now) =>
        (_windows.TryGet(key, now, out var window) ? window : default).At(now, use.Budget);

    // The window's length is part of the key: a budget whose window is changed starts a counter of its own.
    private static (string Key, long Seconds) TableKey(BudgetUse use) => (use.Key, (long)use.Budget.Window.TotalSeconds);
}
