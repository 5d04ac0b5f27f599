using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// What a restore asks of Redis: checks the server, loads the script, begins a generation for each tenant whose memory is gone or another
/// server's, and seeds its epoch from the durable store. Not thread-safe: <see cref="RedisSessions"/> has one restore run at a time.
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

    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(1);

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
            throw NotUnderstood();
        }

        var server = RedisServerInfo.Parse((string?)answer[0] ?? "");
        server.Check();
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
                object[] call = [Convert.ToHexStringLower(sent.Digest), 0, "load"];
                return (sent, (RedisResult[]?)await link.ExecuteAsync("EVALSHA", call, CallDeadline) ?? []);
            }
            catch (Exception e) when (RedisFault.IsNoScript(e))
            {
                // Another process, or its scripts were flushed.
            }
        }

        var script = _script = StateScript.CreateNamed();
        return (script, (RedisResult[]?)await link.ExecuteAsync("EVAL", [script.Text, 0, "load"], CallDeadline) ?? []);
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
            _ => throw NotUnderstood(),
        };
    }

    private SharedStateException NotUnderstood() =>
        new($"Redis at {endpoints} gave an answer that Gateway doesn't understand. Check that no proxy stands between that changes it.");

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
        return ScriptReply.Read(await link.EvaluateAsync(session.Digest, call, CallDeadline), count: 1)?[0] ?? default;
    }
}
