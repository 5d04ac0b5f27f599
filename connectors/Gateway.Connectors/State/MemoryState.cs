using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.State;

/// <summary>
/// The shared state of a gateway that runs as one process: in its own memory, which begins when a tenant is prepared. What was signed
/// before that moment and the allowed skew is refused, since an earlier process may have seen it. Thread-safe.
/// </summary>
/// <param name="currentEpoch">Reads a tenant's revocation epoch from the durable store.</param>
public sealed class MemoryState(MemoryStateOptions options, TimeProvider time, Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch)
    : ISharedState
{
    private readonly ConcurrentDictionary<Id<Tenant>, MemoryTenant> _tenants = new();
    private readonly ClockGuard _clock = new(time);
    private long _jumps;

    public async Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken)
    {
        options.Check();
        foreach (var tenant in tenants)
        {
            if (!_tenants.ContainsKey(tenant))
            {
                _clock.TryRead(out var reading);
                var epoch = await ReadTruthAsync(tenant, cancellationToken);
                _tenants.TryAdd(tenant, new MemoryTenant(options, Micros.From(reading.Highest), epoch));
            }
        }
    }

    public ValueTask<AdmissionAnswer> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AdmissionValidation.Validate(request);
        return new(
            TryReadClock(out var now) && _tenants.TryGetValue(request.Tenant, out var tenant) ? tenant.Admit(request, now) : default
        );
    }

    public ValueTask<bool> SettleAsync(
        AdmissionRequest request,
        AdmissionAnswer answer,
        long? tokensUsed,
        CancellationToken cancellationToken
    )
    {
        AdmissionValidation.ValidateUsed(tokensUsed);
        if (answer.Outcome == AdmissionOutcome.Admitted && _tenants.TryGetValue(request.Tenant, out var tenant))
        {
            _clock.TryRead(out var reading);
            tenant.Settle(new Settlement(request, answer.At, tokensUsed), Micros.From(reading.Now));
        }

        return new(true);
    }

    public ValueTask<bool> RenewAsync(
        Id<Tenant> tenant,
        IReadOnlyList<string> requestIds,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        if (!_tenants.TryGetValue(tenant, out var memory))
        {
            return new(false);
        }

        _clock.TryRead(out var reading);
        memory.Renew(requestIds, Micros.From(lease), Micros.From(reading.Now));
        return new(true);
    }

    public ValueTask<bool> PublishEpochAsync(Id<Tenant> tenant, long epoch, CancellationToken cancellationToken)
    {
        if (!_tenants.TryGetValue(tenant, out var memory))
        {
            return new(false);
        }

        memory.RaiseEpoch(epoch);
        return new(true);
    }

    public ValueTask<long?> ReadEpochAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        new(_tenants.TryGetValue(tenant, out var memory) ? memory.Epoch : null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// After a jump nonces may have been forgotten whose signatures count again. So the memory begins again, at the latest time that the
    /// clock has ever shown. A clock that was set back by an hour thus refuses signatures for an hour, or until a restart.
    /// </summary>
    private bool TryReadClock(out long now)
    {
        var steady = _clock.TryRead(out var reading);
        now = Micros.From(reading.Now);
        if (Interlocked.Read(ref _jumps) != reading.Jumps)
        {
            foreach (var tenant in _tenants.Values)
            {
                tenant.BeginAgain(Micros.From(reading.Highest));
            }

            Interlocked.Exchange(ref _jumps, reading.Jumps);
        }

        return steady;
    }

    private async Task<long> ReadTruthAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await currentEpoch(tenant, cancellationToken);
        }
        catch (DurableStoreException e)
        {
            throw new SharedStateException($"The epoch of tenant '{tenant}' can't be read from the durable store: {e.Message}", e);
        }
    }
}
