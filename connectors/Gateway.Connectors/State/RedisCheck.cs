using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Asks a Redis server, apart from any traffic, whether Gateway could rely on it. Changes nothing there.</summary>
public static class RedisCheck
{
    /// <summary>In a script, as Gateway itself asks: a user who may run it may ask so.</summary>
    private const string Ask = "local time = redis.call('TIME') return {redis.call('INFO'), time[1], time[2]}";

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    /// <summary>How far the clocks may be apart before nothing is admitted.</summary>
    public static TimeSpan Tolerance { get; } = Micros.ToSpan(RedisState.ClockTolerance);

    /// <returns>How far Redis' clock is before this machine's, give or take the half of a round trip; negative where it is
    /// behind.</returns>
    /// <exception cref="SharedStateException">It can't be reached, is set up so that it may forget, or is full. Never carries the
    /// password.</exception>
    public static async Task<TimeSpan> ClockOffsetAsync(RedisStateOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Check();
        try
        {
            using var link = await RedisLink.ConnectAsync(options, new RedisClock(time));
            var sent = Micros.From(time.GetUtcNow());
            var answer = (RedisResult[]?)await link.ExecuteAsync("EVAL", [Ask, 1, (RedisKey)options.KeyPrefix], Within) ?? [];
            var received = Micros.From(time.GetUtcNow());
            if (answer.Length != 3)
            {
                throw RedisOpening.NotUnderstood(string.Join(", ", options.Endpoints));
            }

            var report = RedisServerInfo.Parse((string?)answer[0] ?? "");
            report.Check(options.Cluster);
            report.CheckRoom();
            var redis = ((long)answer[1] * Micros.PerSecond) + (long)answer[2];
            var ahead = redis - ((sent + received) / 2);
            return ahead < 0 ? -Micros.ToSpan(-ahead) : Micros.ToSpan(ahead);
        }
        catch (Exception e) when (RedisFault.IsLostStore(e) || e is FormatException)
        {
            throw RedisSessions.Lost(string.Join(", ", options.Endpoints), e);
        }
    }
}
