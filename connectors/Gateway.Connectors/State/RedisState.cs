using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using StackExchange.Redis;

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

    private readonly ConcurrentDictionary<Id<Tenant>, TenantCalls> _tenants = new();
    private readonly ConcurrentDictionary<string, RedisMemory> _memories = new(StringComparer.Ordinal);
    private readonly RedisClock _clock = new(time);
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly long _deadline = Micros.From(options.Deadline);
    private readonly long _margin = Micros.From(options.AllowedClockSkew) + ClockTolerance;
    private volatile RedisLink? _link;

    /// <summary>What keeps the store from being used, for operators; null when nothing is known to.</summary>
    public string? Problem
    {
        get
        {
            foreach (var (_, memory) in _memories)
            {
                if (memory.Sessions.Problem is { } problem)
                {
                    return problem;
                }
            }

            return _link is null ? RedisSessions.NotPrepared : null;
        }
    }

    public async Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken)
    {
        options.Check();
        var link = await ConnectAsync(cancellationToken);
        foreach (var tenant in tenants)
        {
            _ = _tenants.GetOrAdd(tenant, static (tenant, asked) => asked.This.Open(asked.link, tenant), (This: this, link));
        }

        _ = options.Cluster ? null : Whole(link); // Of nobody yet, it is checked all the same.
        foreach (var (_, memory) in _memories)
        {
            await PrepareAsync(memory, cancellationToken);
        }
    }

    /// <remarks>
    /// Once sent, it isn't given up for a caller that leaves: what it took must be settled, and it ends by its deadline anyway.
    /// </remarks>
    public async ValueTask<AdmissionAnswer> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AdmissionValidation.Validate(request);
        return _tenants.TryGetValue(request.Tenant, out var tenant)
            ? ToAnswer(request, await tenant.Queue.AdmitAsync(request, _clock.Local + _deadline))
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

        return _tenants.TryGetValue(request.Tenant, out var tenant)
            && (await tenant.Queue.SettleAsync(settlement, _clock.Local + _deadline)).Word == ScriptReply.Good;
    }

    public async ValueTask<bool> RenewAsync(
        Id<Tenant> tenant,
        IReadOnlyList<string> requestIds,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        for (var at = 0; ; at += LeaseScript.MaxGivenBack)
        {
            var ids = requestIds.Skip(at).Take(LeaseScript.MaxGivenBack).Select(id => (RedisValue)id);
            var reply = await CallAsync(
                tenant,
                (names, session, _) => new ScriptCall([names.Memory], ["renew", session.Identity, Micros.From(lease), .. ids])
            );
            if (reply.Word != ScriptReply.Good)
            {
                return false;
            }

            // As many as one call gives back: there may be more.
            if (at + LeaseScript.MaxGivenBack >= requestIds.Count && reply.Wait < LeaseScript.MaxGivenBack)
            {
                return true;
            }
        }
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

    /// <exception cref="SharedStateException">No sentinel knows the primary, or a file that is named can't be read.</exception>
    private async Task<RedisLink> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            return _link ??= await RedisLink.ConnectAsync(options, _clock);
        }
        catch (Exception e) when (RedisFault.IsLostStore(e))
        {
            throw RedisSessions.Lost(string.Join(", ", options.Endpoints), e);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private static async Task PrepareAsync(RedisMemory memory, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await memory.Sessions.RestoreAsync(reload: true, cancellationToken);
                return;
            }
            catch (SharedStateException e) when (e.InnerException is TimeoutException && attempt < PrepareAttempts)
            {
                // Nobody waits for an answer yet: a machine that is busy starting may be slow once, and then it isn't a lost store.
            }
        }
    }

    /// <summary>All keys of a call are in one hash slot, so calls are a tenant's own.</summary>
    private TenantCalls Open(RedisLink link, Id<Tenant> tenant)
    {
        var names = new RedisKeys(options.KeyPrefix, tenant.ToString());
        var memory = options.Cluster ? MemoryOf(link, tenant.ToString(), names.Memory) : Whole(link);
        memory.Tenants.TryAdd(tenant, names);
        var call = new BatchWriter(names, memory.Clock, _margin);
        var queue = new CallQueue(
            memory.Clock,
            time,
            _deadline,
            (batch, late) => memory.Caller.CallAsync(batch, call.Write, batch.Count, batch.Until, late)
        );
        return new TenantCalls(names, memory, queue);
    }

    /// <summary>That of a server that is no cluster.</summary>
    private RedisMemory Whole(RedisLink link) => MemoryOf(link, "all", options.KeyPrefix);

    private RedisMemory MemoryOf(RedisLink link, string name, RedisKey route) =>
        _memories.GetOrAdd(name, _ => new RedisMemory(link, options, route, time, currentEpoch));

    /// <summary>A call of its own, not about a request.</summary>
    private async ValueTask<ScriptReply> CallAsync(Id<Tenant> asked, Func<RedisKeys, RedisSession, long, ScriptCall> write)
    {
        if (!_tenants.TryGetValue(asked, out var tenant))
        {
            return default;
        }

        var until = _clock.Local + _deadline;
        var (names, memory, _) = tenant;
        return
            await memory.Caller.CallAsync(
                (write, names, memory.Clock),
                (ask, session) => ask.write(ask.names, session, ask.Clock.At(until)),
                1,
                until
            )
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
            ScriptReply.RateLimited => new(
                AdmissionOutcome.RateLimited,
                wait,
                reply.Place == 0 ? request.NonceRate?.Key : request.Rates[reply.Place - 1].Key,
                Epoch: reply.Epoch
            ),
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

    /// <summary>How one tenant's calls are made.</summary>
    private sealed record TenantCalls(RedisKeys Names, RedisMemory Memory, CallQueue Queue);
}
