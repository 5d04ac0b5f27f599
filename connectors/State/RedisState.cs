using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The shared state of all replicas in Redis. One admission is one script call. Whatever goes wrong refuses; nothing falls back to this process'
/// memory. Thread-safe.
/// </summary>
/// <param name="currentEpoch">Reads a tenant's revocation epoch from the durable store; asked after Redis lost its memory.</param>
public sealed class RedisState(
    RedisStateOptions options, TimeProvider time, Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch) : ISharedState
{
    /// <summary>How far the clocks of Redis and of this machine may be apart, in microseconds: one second. Beyond it nothing is admitted.</summary>
    internal const long ClockTolerance = Micros.PerSecond;

    private const int PrepareAttempts = 5;

    private readonly ConcurrentDictionary<Id<Tenant>, RedisKeys> _tenants = new();
    private readonly RedisClock _clock = new(time);
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly long _deadline = Micros.From(options.Deadline);
    private readonly long _margin = Micros.From(options.AllowedClockSkew) + ClockTolerance;
    private RedisLink? _link;
    private volatile RedisRestorer? _restorer;

    /// <summary>What keeps the store from being used, for operators; null when nothing is known to.</summary>
    public string? Problem => _restorer is { } restorer ? restorer.Problem : "The shared state has not been prepared.";

    public async Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken)
    {
        options.Check();
        foreach (var tenant in tenants)
        {
            _tenants.TryAdd(tenant, new RedisKeys(options.KeyPrefix, tenant.ToString()));
        }

        var restorer = await ConnectAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await restorer.RestoreAsync(reload: true, cancellationToken);
                return;
            }
            catch (SharedStateException e) when (e.InnerException is TimeoutException && attempt < PrepareAttempts)
            {
                // Nobody waits for an answer yet: a machine that is busy starting may be slow once, and then it isn't a lost store.
            }
        }
    }

    /// <remarks>Once sent, it isn't given up for a caller that leaves: what it took must be settled, and it ends by its deadline anyway.</remarks>
    public async ValueTask<AdmissionAnswer> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequestShape.Check(request);
        var reply = await CallAsync(request.Tenant, (request, _margin), static (ask, names, session, deadline) =>
        {
            var call = AdmitCall.Build(ask.request, names, session.Identity, deadline, ask._margin);
            return (call.Keys, call.Arguments);
        });
        return ToAnswer(request, reply);
    }

    public async ValueTask<bool> SettleAsync(AdmissionRequest request, AdmissionAnswer answer, long tokensUsed, CancellationToken cancellationToken)
    {
        RequestShape.CheckUsed(tokensUsed);
        if (answer.Outcome != AdmissionOutcome.Admitted || request.Concurrency.Count + request.Budgets.Count == 0)
        {
            return true;
        }

        var reply = await CallAsync(request.Tenant, (request, answer.At, tokensUsed), static (ask, names, _, _) =>
            SettleCall.Build(ask.request, names, Micros.From(ask.At), ask.tokensUsed));
        return reply.Word == ScriptReply.Good;
    }

    public async ValueTask<bool> PublishEpochAsync(Id<Tenant> tenant, long epoch, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(tenant, epoch, static (epoch, names, _, _) => ([names.Memory], ["publish", epoch]));
        return reply.Word == ScriptReply.Good;
    }

    public async ValueTask<long?> ReadEpochAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(tenant, 0, static (_, names, session, deadline) => ([names.Memory], ["read", session.Identity, deadline]));
        return reply.Word == ScriptReply.Good ? reply.Epoch : null;
    }

    public ValueTask DisposeAsync()
    {
        _link?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<RedisRestorer> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_restorer is null)
            {
                _link = await RedisLink.ConnectAsync(options, _clock);
                var restorer = new RedisRestorer(_link, _clock, string.Join(", ", options.Endpoints), _tenants, currentEpoch);
                _link.Restored += restorer.Doubt;
                _restorer = restorer;
            }

            return _restorer;
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>One call, and one more if the memory had to be restored, all inside the deadline. The zero reply for whatever goes wrong.</summary>
    private async ValueTask<ScriptReply> CallAsync<T>(
        Id<Tenant> tenant, T ask, Func<T, RedisKeys, RedisSession, long, (RedisKey[] Keys, RedisValue[] Arguments)> build)
    {
        if (_restorer is not { } restorer || _link is not { } link || !_tenants.TryGetValue(tenant, out var names))
        {
            return default;
        }

        var until = _clock.Local + _deadline;
        if (_clock.ApartFromWall() > ClockTolerance)
        {
            // One of the two clocks jumped, or Redis' hasn't been heard of for long: ask it again first.
            restorer.Doubt();
        }

        var session = restorer.Session ?? await RestoreAsync(restorer, null, reload: true, until);
        for (var attempt = 0; attempt < 2 && session is not null && _clock.ApartFromWall() <= ClockTolerance; attempt++)
        {
            var (keys, arguments) = build(ask, names, session, _clock.At(until));
            var reply = await SendAsync(restorer, link, session, keys, arguments, until);
            if (reply.Word is not (ScriptReply.NoScript or ScriptReply.Forgotten or ScriptReply.Unseeded))
            {
                return reply;
            }

            session = await RestoreAsync(restorer, session, reply.Word != ScriptReply.Unseeded, until);
        }

        return default;
    }

    private async Task<RedisSession?> RestoreAsync(RedisRestorer restorer, RedisSession? wanting, bool reload, long until)
    {
        try
        {
            return await restorer.TryRestoreAsync(wanting, reload).WaitAsync(Micros.ToSpan(Math.Max(0, until - _clock.Local)));
        }
        catch (TimeoutException)
        {
            // It goes on for those who come after.
            return null;
        }
    }

    private async ValueTask<ScriptReply> SendAsync(
        RedisRestorer restorer, RedisLink link, RedisSession session, RedisKey[] keys, RedisValue[] arguments, long until)
    {
        var sent = _clock.Local;
        if (sent >= until)
        {
            return default;
        }

        try
        {
            var reply = ScriptReply.Read(await link.EvaluateAsync(session.Digest, keys, arguments, Micros.ToSpan(until - sent)));
            if (reply.Word == 0 || _clock.Observe(reply.Now, sent, _clock.Local))
            {
                return reply;
            }

            // Redis' clock jumped, so nonces may have been forgotten early: this one may be a replay. Fails closed.
            restorer.DoubtMemory();
            return default;
        }
        catch (Exception e) when (RedisFault.IsNoScript(e))
        {
            return new ScriptReply(ScriptReply.NoScript, 0, 0, 0, 0);
        }
        catch (Exception e) when (RedisFault.IsLostStore(e))
        {
            if (RedisFault.IsDemoted(e))
            {
                restorer.Doubt();
            }

            return default;
        }
    }

    private AdmissionAnswer ToAnswer(AdmissionRequest request, ScriptReply reply)
    {
        var wait = Micros.ToSpan(Math.Max(0, reply.Wait));
        return reply.Word switch
        {
            ScriptReply.Good => new(AdmissionOutcome.Admitted, At: Micros.ToTime(reply.Now), Epoch: reply.Epoch),
            ScriptReply.Replayed => new(AdmissionOutcome.Replayed, Epoch: reply.Epoch),
            ScriptReply.Stale => new(AdmissionOutcome.Stale, Epoch: reply.Epoch),
            ScriptReply.TooEarly => new(AdmissionOutcome.CreatedTooEarly, Micros.ToSpan(Math.Max(0, reply.Wait + _margin)), Epoch: reply.Epoch),
            ScriptReply.RateLimited => new(AdmissionOutcome.RateLimited, wait, request.Rates[reply.Place - 1].Key, Epoch: reply.Epoch),
            ScriptReply.ConcurrencyLimited => new(AdmissionOutcome.ConcurrencyLimited, wait, request.Concurrency[reply.Place - 1].Key, Epoch: reply.Epoch),
            ScriptReply.AlreadyDone when reply.Earlier is { Length: > 0 } earlier => new(AdmissionOutcome.AlreadyDone, Key: earlier, Epoch: reply.Epoch),
            ScriptReply.BudgetExhausted => new(AdmissionOutcome.BudgetExhausted, wait, request.Budgets[reply.Place - 1].Key, Epoch: reply.Epoch),
            _ => default,
        };
    }
}
