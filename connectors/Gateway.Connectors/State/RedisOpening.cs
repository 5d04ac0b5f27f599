using System.Globalization;
using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The first half of a restore: loads the script into the server that serves a slot, and checks whether that server may be relied on. Not
/// thread-safe: <see cref="RedisSessions"/> has one restore run at a time.
/// </summary>
/// <param name="route">A key in the slot; of a server that is no cluster, any.</param>
internal sealed class RedisOpening(RedisLink link, RedisClock clock, string endpoints, RedisKey route, bool cluster)
{
    public static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(1);

    private StateScript? _script;

    /// <summary>A server that passed every check but <see cref="CheckClock"/>, and has the script.</summary>
    /// <returns>Whether Redis' clock has run evenly since its last answer, too.</returns>
    /// <exception cref="SharedStateException">The server can't be relied on.</exception>
    public async Task<(RedisSession Session, bool IsClockSteady)> OpenAsync()
    {
        var sent = clock.Local;
        var (script, answer) = await LoadAsync();
        var received = clock.Local;
        if (answer.Length != 2 || !long.TryParse((string?)answer[1], CultureInfo.InvariantCulture, out var redisTime))
        {
            throw NotUnderstood(endpoints);
        }

        var server = RedisServerInfo.Parse((string?)answer[0] ?? "");
        server.Check(cluster);
        return (new RedisSession(script.Digest, server.Identity), clock.Observe(redisTime, sent, received));
    }

    /// <exception cref="SharedStateException">Redis' clock and this machine's are too far apart.</exception>
    public void CheckClock()
    {
        if (clock.ApartFromWall() is var apart && apart > RedisState.ClockTolerance)
        {
            var seconds = Micros.ToSpan(apart).TotalSeconds;
            throw new SharedStateException(
                $"The clock of Redis at {endpoints} and this machine's are {seconds:F1} s apart. Synchronise both."
            );
        }
    }

    /// <summary>A refusal of whatever doesn't answer as Redis would.</summary>
    public static SharedStateException NotUnderstood(string endpoints) =>
        new($"Redis at {endpoints} gave an answer that Gateway doesn't understand. Check that no proxy stands between that changes it.");

    /// <summary>
    /// Asks the server who it is: by the script that was sent last where it is the process that has it, else by a new one. Redis keeps
    /// every script for good, and one that can't be relied on, or is out of memory, is asked several times a second.
    /// </summary>
    private async Task<(StateScript Script, RedisResult[] Answer)> LoadAsync()
    {
        if (_script is { } sent)
        {
            try
            {
                object[] call = [Convert.ToHexStringLower(sent.Digest), 1, route, "load"];
                return (sent, (RedisResult[]?)await link.ExecuteAsync("EVALSHA", call, CallDeadline) ?? []);
            }
            catch (Exception e) when (RedisFault.IsNoScript(e))
            {
                // Another process, or its scripts were flushed.
            }
        }

        var script = _script = StateScript.CreateNamed();
        return (script, (RedisResult[]?)await link.ExecuteAsync("EVAL", [script.Text, 1, route, "load"], CallDeadline) ?? []);
    }
}
