using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The connection to Redis: to a primary, wherever sentinels or a cluster say that it is. The client opens lost ones again by itself.
/// Thread-safe.
/// </summary>
internal sealed class RedisLink : IDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly RedisClock _clock;

    private RedisLink(ConnectionMultiplexer connection, RedisClock clock)
    {
        (_connection, _clock) = (connection, clock);
        connection.ConnectionRestored += (_, _) => Restored?.Invoke();
    }

    /// <summary>A connection was lost and is back: the server may be another one now.</summary>
    public event Action? Restored;

    /// <summary>Returns when connected or when the first attempt failed; then it goes on trying.</summary>
    /// <param name="clock">Only its local time is read.</param>
    /// <exception cref="RedisException">No sentinel answers, or none knows the primary.</exception>
    public static async Task<RedisLink> ConnectAsync(RedisStateOptions options, RedisClock clock) =>
        new(await ConnectionMultiplexer.ConnectAsync(RedisConnection.Configure(options)), clock);

    /// <summary>Calls a script by its digest, on the primary only.</summary>
    /// <param name="late">Given an answer that comes when nobody waits for it any more.</param>
    /// <exception cref="TimeoutException">No answer in time. The call may still be carried out.</exception>
    /// <exception cref="RedisException">No connection, or the server refused.</exception>
    public Task<RedisResult> EvaluateAsync(byte[] digest, ScriptCall call, TimeSpan within, Action<RedisResult>? late = null) =>
        AwaitAsync(
            _connection.GetDatabase().ScriptEvaluateAsync(digest, call.Keys, call.Arguments, CommandFlags.DemandMaster),
            within,
            late
        );

    /// <summary>Sends any command, to a replica where there is no primary: for asking a server who it is.</summary>
    /// <param name="arguments">A <see cref="RedisKey"/> among them says which server of a cluster.</param>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="RedisException">No connection, or the server refused.</exception>
    public Task<RedisResult> ExecuteAsync(string command, object[] arguments, TimeSpan within) =>
        AwaitAsync(_connection.GetDatabase().ExecuteAsync(command, arguments, CommandFlags.PreferMaster), within, late: null);

    public void Dispose() => _connection.Close(allowCommandsToComplete: false);

    /// <remarks>The client itself looks for what is late once a heartbeat, which is a second.</remarks>
    private async Task<RedisResult> AwaitAsync(Task<RedisResult> call, TimeSpan within, Action<RedisResult>? late)
    {
        try
        {
            await StallTolerantWait.AwaitAsync(call, within, _clock);
            return await call;
        }
        catch (TimeoutException)
        {
            _ = AwaitLateAsync(call, late);
            throw;
        }
    }

    private static async Task AwaitLateAsync(Task<RedisResult> call, Action<RedisResult>? late)
    {
        try
        {
            var result = await call;
            late?.Invoke(result);
        }
        catch (Exception e) when (RedisFault.IsLostStore(e) || RedisFault.IsNoScript(e))
        {
            // No answer ever came. What Redis did all the same stays charged until its lease ends.
        }
    }
}
