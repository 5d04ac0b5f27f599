namespace Gateway.Connectors.State;

/// <summary>
/// Calls the script in a server whose memory may be relied on: restores it where it has to be. Whatever goes wrong gives no answer.
/// Thread-safe.
/// </summary>
internal sealed class RedisCaller(RedisSessions sessions, RedisLink link, RedisClock clock)
{
    private readonly RedisSender _sender = new(sessions, link, clock);

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
            var (replies, lost) = await _sender.SendAsync(session, write(ask, session), count, until, late);
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
}
