namespace Gateway.Connectors.State;

/// <summary>Sends one call in one session, and takes in Redis' clock. Whatever goes wrong gives no answer. Thread-safe.</summary>
internal sealed class RedisSender(RedisSessions sessions, RedisLink link, RedisClock clock)
{
    /// <returns>Lost: the memory isn't the one that is relied on, and the call changed nothing.</returns>
    public async ValueTask<(ScriptReply[]? Replies, bool Lost)> SendAsync(
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
