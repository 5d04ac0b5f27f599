using System.Collections.Concurrent;
using Gateway.Policy.Model;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// What is kept, lost and begun again together: the memory of one server with all tenants; in a cluster, where each tenant's slot may move
/// to another server by itself, the memory of one tenant.
/// </summary>
internal sealed class RedisMemory
{
    /// <param name="route">A key in the slot that this is about; it is named and never read or written.</param>
    public RedisMemory(
        RedisLink link,
        RedisStateOptions options,
        RedisKey route,
        TimeProvider time,
        Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch
    )
    {
        Clock = new RedisClock(time);
        var endpoints = string.Join(", ", options.Endpoints);
        var opening = new RedisOpening(link, Clock, endpoints, route, options.Cluster);
        Sessions = new RedisSessions(new RedisRestorer(link, Clock, endpoints, Tenants, currentEpoch), opening, Clock, endpoints);
        Caller = new RedisCaller(Sessions, link, Clock);
        link.Restored += Sessions.Invalidate;
    }

    /// <summary>The clock of the server that holds it.</summary>
    public RedisClock Clock { get; }

    public RedisSessions Sessions { get; }

    public RedisCaller Caller { get; }

    /// <summary>Whose memory it is.</summary>
    public ConcurrentDictionary<Id<Tenant>, RedisKeys> Tenants { get; } = new();
}
