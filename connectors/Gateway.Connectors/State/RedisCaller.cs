namespace Gateway.Connectors.State;

/// <summary>
/// Calls the script in a server whose memory may be relied on: restores it where it has to be, and takes in Redis' clock. Whatever goes
/// wrong gives no answer. Thread-safe.
/// </summary>
internal sealed class RedisCaller(RedisSessions sessions, RedisLink link, RedisClock clock)
{
    /// <summary>One call, and one more if the memory had to be restored, all inside the deadline.</summary>
    /// <param name="count">How many answers there must be.</param>
    /// <param name="until">In <see cref="RedisClock.Local"/> time.</param>
    /// <param name="late">Given the answers that come after null was returned for them.</param>
    /// <returns>As many as asked for; null for whatever goes wrong.</returns>
    public async Task<ScriptReply[]?> CallAsync<T>(
        T ask,
        Func<T, RedisSession, ScriptCall> write,
        int count,
        long until,
        Action<ScriptReply[]>? late = null
    )
    {
        if (clock.ApartFromWall() > RedisState.ClockTolerance)
        {
            // One of the two clocks jumped, or Redis' hasn't been heard of for long: ask it again first.
            sessions.Invalidate();
        }

        var session = sessions.Current ?? await RestoreAsync(null, reload: true, until);
        for (var attempt = 0; attempt < 2 && session is not null && clock.ApartFromWall() <= RedisState.ClockTolerance; attempt++)
        {
            var (replies, lost) = await SendAsync(session, write(ask, session), count, until, late);
            if (!lost)
            {
                return replies;
            }

            // Who is late is told so before the epoch is looked for: any member may be the one that says that it is missing.
            var unseeded = replies is not null && Array.Exists(replies, reply => reply.Word == ScriptReply.Unseeded);
            session = await RestoreAsync(session, reload: !unseeded, until);
        }

        return null;
    }

    private async Task<RedisSession?> RestoreAsync(RedisSession? stale, bool reload, long until)
    {
        try
        {
            return await sessions.TryRestoreAsync(stale, reload).WaitAsync(Micros.ToSpan(Math.Max(0, until - clock.Local)));
        }
        catch (TimeoutException)
        {
            // It goes on for those who come after.
            return null;
        }
    }

    /// <returns>Lost: the memory isn't the one that is relied on, and the call changed nothing.</returns>
    private async ValueTask<(ScriptReply[]? Replies, bool Lost)> SendAsync(
        RedisSession session,
        ScriptCall call,
        int count,
        long until,
        Action<ScriptReply[]>? late
    )
    {
        var sent = clock.Local;
        if (sent >= until)
        {
            return default;
        }

        try
        {
            var replies = ScriptReply.Read(await link.EvaluateAsync(session.Digest, call, Micros.ToSpan(until - sent), TellLate), count);
            if (replies is null || clock.Observe(replies[0].Now, sent, clock.Local))
            {
                return (
                    replies,
                    replies is not null && Array.Exists(replies, reply => reply.Word is ScriptReply.Forgotten or ScriptReply.Unseeded)
                );
            }

            // Redis' clock jumped, so nonces may have been forgotten early: these may be replays. Fails closed.
            sessions.InvalidateMemory();
            late?.Invoke(replies);
            return default;
        }
        catch (Exception e) when (RedisFault.IsNoScript(e))
        {
            return (null, Lost: true);
        }
        catch (Exception e) when (RedisFault.IsLostStore(e))
        {
            if (RedisFault.IsDemoted(e))
            {
                sessions.Invalidate();
            }

            return default;
        }

        void TellLate(StackExchange.Redis.RedisResult result)
        {
            if (late is not null && ScriptReply.Read(result, count) is { } replies)
            {
                late(replies);
            }
        }
    }
}
