using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// The connection to Redis. It reconnects by itself after a lost connection; a connection on which nothing answers any more, though it was
/// never closed (a host that vanished behind a firewall), is replaced once a fresh one works. Thread-safe.
/// </summary>
internal sealed class RedisLink : IDisposable
{
    // A server that is merely paused goes on with the old connection: a fresh one is opened only when the server answers on one.
    private const long ReplaceAfterSilence = Micros.PerSecond;

    private readonly ConfigurationOptions _configuration;
    private readonly RedisClock _clock;
    private ConnectionMultiplexer _connection;
    private long _silentSince;
    private int _replacing;
    private volatile bool _disposed;

    private RedisLink(ConfigurationOptions configuration, RedisClock clock, ConnectionMultiplexer connection)
    {
        (_configuration, _clock, _connection) = (configuration, clock, connection);
        connection.ConnectionRestored += OnRestored;
    }

    /// <summary>The connection was lost and is back: the server may be another one now.</summary>
    public event Action? Restored;

    /// <summary>Returns when connected or when the first attempt failed; then it goes on trying.</summary>
    public static async Task<RedisLink> ConnectAsync(RedisStateOptions options, RedisClock clock)
    {
        var configuration = RedisConnection.Configure(options);
        return new RedisLink(configuration, clock, await RedisConnection.OpenAsync(configuration));
    }

    /// <summary>Calls a script by its digest, on the primary only.</summary>
    /// <param name="late">Given an answer that comes when nobody waits for it any more.</param>
    /// <exception cref="TimeoutException">No answer in time. The call may still be carried out.</exception>
    /// <exception cref="RedisException">No connection, or the server refused.</exception>
    public Task<RedisResult> EvaluateAsync(byte[] digest, ScriptCall call, TimeSpan within, Action<RedisResult>? late = null) =>
        AwaitAsync(
            Volatile.Read(ref _connection).GetDatabase().ScriptEvaluateAsync(digest, call.Keys, call.Arguments, CommandFlags.DemandMaster),
            within,
            late
        );

    /// <summary>Sends any command, to a replica where there is no primary: for asking a server who it is.</summary>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="RedisException">No connection, or the server refused.</exception>
    public Task<RedisResult> ExecuteAsync(string command, object[] arguments, TimeSpan within) =>
        AwaitAsync(
            Volatile.Read(ref _connection).GetDatabase().ExecuteAsync(command, arguments, CommandFlags.PreferMaster),
            within,
            late: null
        );

    public void Dispose()
    {
        _disposed = true;
        RedisConnection.Close(_connection);
    }

    private async Task<RedisResult> AwaitAsync(Task<RedisResult> call, TimeSpan within, Action<RedisResult>? late)
    {
        try
        {
            await StallTolerantWait.AwaitAsync(call, within, _clock);
            Volatile.Write(ref _silentSince, 0);
            return await call;
        }
        catch (TimeoutException)
        {
            NoteSilence();
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

    private void NoteSilence()
    {
        var now = _clock.Local;
        var since = Interlocked.CompareExchange(ref _silentSince, now, 0);
        if (since != 0 && now - since >= ReplaceAfterSilence && Interlocked.Exchange(ref _replacing, 1) == 0)
        {
            // On a thread of its own: opening and closing can block for as long as the network does.
            _ = Task.Run(ReplaceAsync);
        }
    }

    private async Task ReplaceAsync()
    {
        try
        {
            if (!await AnyAnswersAsync())
            {
                return;
            }

            var fresh = await RedisConnection.OpenAsync(_configuration.Clone());
            if (fresh.IsConnected && !_disposed)
            {
                fresh.ConnectionRestored += OnRestored;
                var old = Interlocked.Exchange(ref _connection, fresh);
                Volatile.Write(ref _silentSince, 0);
                Restored?.Invoke();
                RedisConnection.Close(old);
            }
            else
            {
                RedisConnection.Close(fresh);
            }
        }
        catch (Exception e) when (RedisFault.IsLostStore(e))
        {
            // Still gone. The next silent call tries again.
        }
        finally
        {
            Volatile.Write(ref _replacing, 0);
        }
    }

    private async Task<bool> AnyAnswersAsync()
    {
        foreach (var endpoint in _configuration.EndPoints)
        {
            if (await RedisProbe.AnswersAsync(endpoint, _configuration.Ssl))
            {
                return true;
            }
        }

        return false;
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs arguments) => Restored?.Invoke();
}
