using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// One tenant's memory: everything under one lock, held for well under a microsecond a limit and never over I/O. Thread-safe.
/// </summary>
internal sealed class MemoryTenant(MemoryStateOptions options, long began, long epoch)
{
    private readonly Lock _gate = new();
    private readonly long _skew = Micros.From(options.AllowedClockSkew);
    private readonly NonceTable _nonces = new(options.MaxNonces);
    private readonly KeyTable<string, string> _done = new(options.MaxIdempotencyKeys);
    private readonly MemoryRates _rates = new(options.MaxKeys);
    private readonly MemorySlots _slots = new(options.MaxKeys);
    private readonly MemoryBudgets _budgets = new(options.MaxKeys);
    private readonly MemoryLeases _leases = new(options.MaxKeys);
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
    /// 1. epoch, 2. what nobody holds any more, and room for everything, 3. nonce and idempotency key, 4. all limits are asked, 5. all
    /// limits are charged.
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

            GiveBack(now);
            if (!HasRoom(request, now)) // 2
            {
                return default;
            }

            if (
                !TryConsumeNonce(request, mark, now, out var refusal)
                || !TryOnce(request.Idempotency, now, out refusal) // 3
                || !_rates.TryAdmit(request.Rates, now, out refusal)
                || !_slots.TryAdmit(request.Concurrency, now, out refusal)
                || !_budgets.TryAdmit(request.Budgets, now, out refusal)
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
        lock (_gate)
        {
            if (settlement.Freed is { } once && _done.TryGet(once.Key, now, out var by) && by == once.DecisionId)
            {
                _done.Remove(once.Key, now);
            }

            if (_leases.Remove(settlement.Request.RequestId))
            {
                _slots.Release(settlement.Request, now);
                _budgets.Correct(settlement.Request, settlement.AdmittedAt, settlement.TokensUsed ?? 0, now);
            }
        }
    }

    public void Renew(IReadOnlyList<string> requestIds, long lease, long now)
    {
        lock (_gate)
        {
            foreach (var id in requestIds)
            {
                _leases.Renew(id, now + lease);
            }

            GiveBack(now);
        }
    }

    /// <summary>What is held under leases that ended.</summary>
    private void GiveBack(long now)
    {
        while (_leases.TakeEnded(now) is var (request, at))
        {
            _slots.Release(request, now);
            _budgets.Correct(request, at, used: null, now);
        }
    }

    private bool HasRoom(AdmissionRequest request, long now) =>
        (request.Nonce is null || _nonces.HasRoom(now))
        && _rates.HasRoom(request.Rates.Count + (request.NonceRate is null ? 0 : 1), now)
        && _slots.HasRoom(request.Concurrency, now)
        && _budgets.HasRoom(request.Budgets, now)
        && (!request.Holds || _leases.HasRoom)
        && (request.Idempotency is null || _done.HasRoom(1, now));

    private bool TryConsumeNonce(AdmissionRequest request, UInt128 mark, long now, out AdmissionAnswer refusal)
    {
        refusal = default;
        if (request.Nonce is not { } nonce)
        {
            return true;
        }

        var early = _began + _skew - Micros.From(nonce.Created);
        if (early > 0)
        {
            var wait = Micros.ToSpan(Math.Max(0, _began + _skew - now));
            refusal = new AdmissionAnswer(AdmissionOutcome.CreatedTooEarly, wait);
            return false;
        }

        var until = Micros.From(nonce.Expires) + _skew;
        if (until <= now)
        {
            // It would be forgotten as soon as it was remembered. Fails closed.
            return false;
        }

        if (request.NonceRate is { } asked && !_rates.TryAdmit(asked, now, out refusal))
        {
            return false;
        }

        if (_nonces.Contains(mark))
        {
            refusal = new AdmissionAnswer(AdmissionOutcome.Replayed);
            return false;
        }

        if (request.NonceRate is { } rate)
        {
            _rates.Charge(rate, now);
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

    private void Charge(AdmissionRequest request, long now)
    {
        _rates.Charge(request.Rates, now);
        if (request.Idempotency is { } use)
        {
            _done.Set(use.Key, use.DecisionId, now + Micros.From(use.Remember));
        }

        _slots.Take(request, now);
        _budgets.Charge(request, now);
        if (request.Holds)
        {
            _leases.Add(request, now);
        }
    }
}
