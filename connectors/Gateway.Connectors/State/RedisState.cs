using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.State;

/// <summary>
/// The shared state of all replicas in Redis. One admission is one script call, or a part of one. Whatever goes wrong refuses; nothing
/// falls back to this process' memory. Thread-safe.
/// </summary>
/// <param name="currentEpoch">Reads a tenant's revocation epoch from the durable store; asked after Redis lost its memory.</param>
public sealed class RedisState(RedisStateOptions options, TimeProvider time, Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch)
    : ISharedState
{
    /// <summary>
    /// How far the clocks of Redis and of this machine may be apart, in microseconds: one second. Beyond it nothing is admitted.
    /// </summary>
    internal const long ClockTolerance = Micros.PerSecond;

    private const int PrepareAttempts = 5;

    private readonly ConcurrentDictionary<Id<Tenant>, RedisKeys> _tenants = new();
    private readonly ConcurrentDictionary<Id<Tenant>, CallQueue> _calls = new();
    private readonly RedisClock _clock = new(time);
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly long _deadline = Micros.From(options.Deadline);
    private readonly long _margin = Micros.From(options.AllowedClockSkew) + ClockTolerance;
    private RedisLink? _link;
    private volatile RedisSessions? _sessions;
    private volatile RedisCaller? _caller;

    /// <summary>What keeps the store from being used, for operators; null when nothing is known to.</summary>
    public string? Problem => _sessions is { } sessions ? sessions.Problem : "The shared state has not been prepared.";

    public async Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken)
    {
        options.Check();
        foreach (var tenant in tenants)
        {
            _tenants.TryAdd(tenant, new RedisKeys(options.KeyPrefix, tenant.ToString()));
        }

        var (sessions, caller) = await ConnectAsync(cancellationToken);
        foreach (var (tenant, names) in _tenants)
        {
            // All keys of a call are in one hash slot, so calls are a tenant's own.
            var call = new BatchWriter(names, _clock, _margin);
            _calls.TryAdd(
                tenant,
                new CallQueue(_clock, time, _deadline, (batch, late) => caller.CallAsync(batch, call.Write, batch.Count, batch.Until, late))
            );
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await sessions.RestoreAsync(reload: true, cancellationToken);
                return;
            }
            catch (SharedStateException e) when (e.InnerException is TimeoutException && attempt < PrepareAttempts)
            {
                // Nobody waits for an answer yet: a machine that is busy starting may be slow once, and then it isn't a lost store.
            }
        }
    }

    /// <remarks>
    /// Once sent, it isn't given up for a caller that leaves: what it took must be settled, and it ends by its deadline anyway.
    /// </remarks>
    public async ValueTask<AdmissionAnswer> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AdmissionValidation.Validate(request);
        return _calls.TryGetValue(request.Tenant, out var calls)
            ? ToAnswer(request, await calls.AdmitAsync(request, _clock.Local + _deadline))
            : default;
    }

    public async ValueTask<bool> SettleAsync(
        AdmissionRequest request,
        AdmissionAnswer answer,
        long? tokensUsed,
        CancellationToken cancellationToken
    )
    {
        AdmissionValidation.ValidateUsed(tokensUsed);
        var settlement = new Settlement(request, answer.At, tokensUsed);
        if (answer.Outcome != AdmissionOutcome.Admitted || settlement.IsEmpty)
        {
            return true;
        }

        return _calls.TryGetValue(request.Tenant, out var calls)
            && (await calls.SettleAsync(settlement, _clock.Local + _deadline)).Word == ScriptReply.Good;
    }

    public async ValueTask<bool> PublishEpochAsync(Id<Tenant> tenant, long epoch, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(tenant, (names, _, _) => new ScriptCall([names.Memory], ["publish", epoch]));
        return reply.Word == ScriptReply.Good;
    }

    public async ValueTask<long?> ReadEpochAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            tenant,
            static (names, session, deadline) => new ScriptCall([names.Memory], ["read", session.Identity, deadline])
        );
        return reply.Word == ScriptReply.Good ? reply.Epoch : null;
    }

    public ValueTask DisposeAsync()
    {
        _link?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(RedisSessions, RedisCaller)> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_sessions is null)
            {
                _link = await RedisLink.ConnectAsync(options, _clock);
                var endpoints = string.Join(", ", options.Endpoints);
                var restorer = new RedisRestorer(_link, _clock, endpoints, _tenants, currentEpoch);
                var sessions = new RedisSessions(restorer, _clock, endpoints);
                _link.Restored += sessions.Invalidate;
                _caller = new RedisCaller(sessions, _link, _clock);
                _sessions = sessions;
            }

            return (_sessions, _caller!);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>A call of its own, not about a request.</summary>
    private async ValueTask<ScriptReply> CallAsync(Id<Tenant> tenant, Func<RedisKeys, RedisSession, long, ScriptCall> write)
    {
        if (_caller is not { } caller || !_tenants.TryGetValue(tenant, out var names))
        {
            return default;
        }

        var until = _clock.Local + _deadline;
        return
            await caller.CallAsync((write, names), (ask, session) => ask.write(ask.names, session, _clock.At(until)), 1, until)
                is [var reply]
            ? reply
            : default;
    }

    private AdmissionAnswer ToAnswer(AdmissionRequest request, ScriptReply reply)
    {
        var wait = Micros.ToSpan(Math.Max(0, reply.Wait));
        return reply.Word switch
        {
            ScriptReply.Good => new(AdmissionOutcome.Admitted, At: Micros.ToTime(reply.Now), Epoch: reply.Epoch),
            ScriptReply.Replayed => new(AdmissionOutcome.Replayed, Epoch: reply.Epoch),
            ScriptReply.Stale => new(AdmissionOutcome.Stale, Epoch: reply.Epoch),
            ScriptReply.TooEarly => new(
                AdmissionOutcome.CreatedTooEarly,
                Micros.ToSpan(Math.Max(0, reply.Wait + _margin)),
                Epoch: reply.Epoch
            ),
            ScriptReply.RateLimited => new(AdmissionOutcome.RateLimited, wait, request.Rates[reply.Place - 1].Key, Epoch: reply.Epoch),
            ScriptReply.ConcurrencyLimited => new(
                AdmissionOutcome.ConcurrencyLimited,
                wait,
                request.Concurrency[reply.Place - 1].Key,
                Epoch: reply.Epoch
            ),
            ScriptReply.AlreadyDone when reply.Earlier is { Length: > 0 } earlier => new(
                AdmissionOutcome.AlreadyDone,
                Key: earlier,
                Epoch: reply.Epoch
            ),
            ScriptReply.BudgetExhausted => new(
                AdmissionOutcome.BudgetExhausted,
                wait,
                request.Budgets[reply.Place - 1].Key,
                Epoch: reply.Epoch
            ),
            _ => default,
        };
    }
}
