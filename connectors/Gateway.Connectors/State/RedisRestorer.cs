using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The second half of a restore: begins a generation for each tenant whose memory is gone or another server's, and seeds its epoch from the
/// durable store. Not thread-safe: <see cref="RedisSessions"/> has one restore run at a time.
/// </summary>
internal sealed class RedisRestorer(
    RedisLink link,
    RedisClock clock,
    string endpoints,
    ConcurrentDictionary<Id<Tenant>, RedisKeys> tenants,
    Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch
)
{
    private const int TenantsAtOnce = 8;

    /// <param name="beginAgain">Whether every tenant begins a new generation, also where the memory is this server's.</param>
    /// <returns>Why a tenant has no epoch, where one couldn't be read; the others have theirs.</returns>
    public async Task<SharedStateException?> RestoreTenantsAsync(RedisSession session, bool beginAgain, CancellationToken cancellationToken)
    {
        var unseeded = new ConcurrentQueue<SharedStateException>();
        await Parallel.ForEachAsync(
            tenants,
            new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellationToken },
            async (tenant, token) =>
            {
                var start = await BeginAsync(session, tenant.Value, beginAgain);
                if (start is not null && await SeedAsync(session, tenant.Key, tenant.Value, start, token) is { } problem)
                {
                    unseeded.Enqueue(problem);
                }
            }
        );
        return unseeded.TryDequeue(out var first) ? first : null;
    }

    /// <summary>The start of the generation whose epoch is missing; null where there is one.</summary>
    private async Task<RedisValue?> BeginAsync(RedisSession session, RedisKeys names, bool again)
    {
        var floor = clock.Highest;
        var reply = await CallAsync(session, names, "begin", session.Identity, again ? 1 : 0, floor);
        return reply.Word switch
        {
            ScriptReply.Good => null,
            ScriptReply.Unseeded => reply.Epoch,
            _ => throw RedisOpening.NotUnderstood(endpoints),
        };
    }

    /// <summary>The epoch is read after the loss was seen, and given to no other generation: so no change can fall between.</summary>
    private async Task<SharedStateException?> SeedAsync(
        RedisSession session,
        Id<Tenant> tenant,
        RedisKeys names,
        RedisValue? start,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var epoch = await currentEpoch(tenant, cancellationToken).WaitAsync(cancellationToken);
            var reply = await CallAsync(session, names, "seed", epoch, start!.Value, 0);
            return reply.Word == ScriptReply.Good
                ? null
                : new SharedStateException($"Redis at {endpoints} lost its memory again while it was being restored.");
        }
        catch (Exception e) when (e is DurableStoreException or OperationCanceledException)
        {
            return new SharedStateException(
                $"The epoch of tenant '{tenant}' can't be read from the durable store, so nothing of it is admitted: {e.Message}",
                e
            );
        }
    }

    private async Task<ScriptReply> CallAsync(
        RedisSession session,
        RedisKeys names,
        RedisValue mode,
        RedisValue first,
        RedisValue second,
        RedisValue third
    )
    {
        var call = new ScriptCall([names.Memory], [mode, first, second, third]);
        return ScriptReply.Read(await link.EvaluateAsync(session.Digest, call, RedisOpening.CallDeadline), count: 1)?[0] ?? default;
    }
}
