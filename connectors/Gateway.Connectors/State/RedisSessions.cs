using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>One server process whose memory may be relied on: the script that only it holds, and who it is. Immutable.</summary>
internal sealed record RedisSession(byte[] Digest, RedisValue Identity);

/// <summary>
/// Holds the session that calls are made in, and has it restored where it was invalidated: one restore at a time, and all who need it wait
/// for the same one. Thread-safe.
/// </summary>
internal sealed class RedisSessions(RedisRestorer restorer, RedisOpening opening, RedisClock clock, string endpoints)
{
    public const string NotPrepared = "The shared state has not been prepared.";

    // So that a store that stays broken isn't asked by every request.
    private const long PauseAfterFailure = Micros.PerSecond / 5;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private Task<RedisSession?> _running = Task.FromResult<RedisSession?>(null);
    private volatile RedisSession? _current;
    private volatile string? _problem = NotPrepared;
    private long _pauseUntil = long.MinValue;
    private bool _memoryIsInvalid;

    /// <summary>Null when nothing may be relied on.</summary>
    public RedisSession? Current => _current;

    /// <summary>What went wrong last; null when all is well.</summary>
    public string? Problem => _problem;

    /// <summary>The server may be another one: look before anything else is admitted.</summary>
    public void Invalidate() => _current = null;

    /// <summary>
    /// The memory has lost what it should have kept: every tenant begins a new generation, though the server is the same.
    /// </summary>
    public void InvalidateMemory()
    {
        lock (_gate)
        {
            _memoryIsInvalid = true;
            _current = null;
        }
    }

    /// <summary>
    /// A session other than the one that was found stale, or the same one mended; null when it couldn't be had. Doesn't throw.
    /// </summary>
    /// <param name="reload">Whether the server itself is in doubt, and not only a tenant's epoch missing.</param>
    public Task<RedisSession?> TryRestoreAsync(RedisSession? stale, bool reload)
    {
        lock (_gate)
        {
            if (_current is { } session && !ReferenceEquals(session, stale))
            {
                return Task.FromResult<RedisSession?>(session);
            }

            if (_running.IsCompleted)
            {
                _running =
                    clock.Local < Volatile.Read(ref _pauseUntil)
                        ? Task.FromResult<RedisSession?>(null)
                        : Task.Run(() => TryRunAsync(reload));
            }

            return _running;
        }
    }

    /// <exception cref="SharedStateException">The store can't be relied on.</exception>
    public async Task<RedisSession?> RestoreAsync(bool reload, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RedisStateOptions.RestoreDeadline);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var session = await RunAsync(reload, limit.Token);
            _problem = null;
            return session;
        }
        catch (Exception e) when (e is SharedStateException || RedisFault.IsLostStore(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Volatile.Write(ref _pauseUntil, clock.Local + PauseAfterFailure);
            var problem = e as SharedStateException ?? Lost(endpoints, e);
            _problem = problem.Message;
            throw problem;
        }
        finally
        {
            _turn.Release();
        }
    }

    public static SharedStateException Lost(string endpoints, Exception e) =>
        new(
            $"Redis at {endpoints} can't be reached or doesn't answer. "
                + $"Check that it runs, and that address, TLS, user and password are right. ({RedisFault.Name(e)})",
            e
        );

    private async Task<RedisSession?> TryRunAsync(bool reload)
    {
        try
        {
            return await RestoreAsync(reload, CancellationToken.None);
        }
        catch (SharedStateException)
        {
            // Kept in Problem. A session that lacks only one tenant's epoch still serves the others.
            return _current;
        }
        catch (Exception e)
        {
            // The outer wall: a fault that nobody foresaw refuses too, and says so.
            Volatile.Write(ref _pauseUntil, clock.Local + PauseAfterFailure);
            _problem = $"The memory of Redis at {endpoints} couldn't be restored: {e.GetType().Name}.";
            return _current;
        }
    }

    private async Task<RedisSession?> RunAsync(bool reload, CancellationToken cancellationToken)
    {
        var session = reload ? null : _current;
        session ??= await OpenAsync();
        var beginAgain = TakeMemoryIsInvalid();
        SharedStateException? unseeded;
        try
        {
            unseeded = await restorer.RestoreTenantsAsync(session, beginAgain, cancellationToken);
        }
        catch
        {
            // Some tenants may not have begun again: all will have to.
            Use(null, beginAgain);
            throw;
        }

        Use(session, memoryIsInvalid: false);
        return unseeded is null ? _current : throw unseeded;
    }

    private async Task<RedisSession> OpenAsync()
    {
        _current = null;
        var (session, isClockSteady) = await opening.OpenAsync();
        if (!isClockSteady)
        {
            // Nonces may have been forgotten early. (Or it is another server's clock: then there is a new generation anyway.)
            InvalidateMemory();
        }

        opening.CheckClock();
        return session;
    }

    private bool TakeMemoryIsInvalid()
    {
        lock (_gate)
        {
            (var isInvalid, _memoryIsInvalid) = (_memoryIsInvalid, false);
            return isInvalid;
        }
    }

    /// <summary>A memory that was invalidated in the meantime isn't used.</summary>
    private void Use(RedisSession? session, bool memoryIsInvalid)
    {
        lock (_gate)
        {
            _memoryIsInvalid |= memoryIsInvalid;
            _current = _memoryIsInvalid ? null : session;
        }
    }
}
