using Gateway.Policy.Model;
using Microsoft.Extensions.ObjectPool;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// How long one request may run: until its caller leaves, it is killed, or the limit of the step that it is at is over. One token for all
/// of its steps: a source with a timer for each cost more than what the step did. Disposed when the request ends.
/// </summary>
public sealed class RequestLifetime : IDisposable
{
    private const int Running = 0;
    private const int Ending = 1;

    private readonly ObjectPool<CancellationTokenSource> _pool;
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _aborted;
    private readonly CancellationTokenRegistration _left;
    private int _state;
    private volatile Refusal? _killed; // Null as long as nobody did.

    internal RequestLifetime(ObjectPool<CancellationTokenSource> pool, CancellationToken aborted)
    {
        (_pool, _source, _aborted) = (pool, pool.Get(), aborted);
        Token = _source.Token;
        _left = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancelled when the request must end. Of no meaning once it is disposed: another request has it then.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why it was ended by us; none where it was not, or by its caller.</summary>
    public ReasonCode KilledFor => _killed?.Reason ?? ReasonCode.None;

    /// <summary>The same as it is told; null where it was not ended by us.</summary>
    public Refusal? Killed => _killed;

    /// <summary>Whether somebody ended it: its caller by leaving, or we.</summary>
    public bool IsInterrupted => _killed is not null || _aborted.IsCancellationRequested;

    /// <summary>Whether the step's limit is over, and nobody ended it.</summary>
    public bool IsLate => Token.IsCancellationRequested && !IsInterrupted;

    /// <summary>Limits the step that begins, from now on, in place of the limit before.</summary>
    /// <param name="limit"><see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    public void Within(TimeSpan limit) => _source.CancelAfter(limit);

    /// <summary>Ends it; without effect when it has ended by itself, or was ended before.</summary>
    public void Kill(ReasonCode why) => Kill(new Refusal(why));

    /// <inheritdoc cref="Kill(ReasonCode)"/>
    public void Kill(Refusal why)
    {
        // Whoever is first: the source of a request that ended may be another's already.
        if (Interlocked.CompareExchange(ref _state, Ending, Running) != Running)
        {
            return;
        }

        _killed = why;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this very moment.
        }
    }

    public void Dispose()
    {
        _left.Dispose(); // Waits for a cancellation that is running, so that none can strike the next request with this source.
        if (Interlocked.CompareExchange(ref _state, Ending, Running) == Running)
        {
            _pool.Return(_source);
        }
        else
        {
            _source.Dispose();
        }
    }
}

/// <summary>Starts lifetimes, over cancellation sources that ended requests have given back.</summary>
public sealed class RequestLifetimes
{
    private readonly ObjectPool<CancellationTokenSource> _pool = new DefaultObjectPoolProvider().Create(new Reset());

    public RequestLifetime Start(CancellationToken aborted) => new(_pool, aborted);

    /// <summary>What was cancelled isn't used again: the pool disposes it.</summary>
    private sealed class Reset : IPooledObjectPolicy<CancellationTokenSource>
    {
        public CancellationTokenSource Create() => new();

        public bool Return(CancellationTokenSource source) => source.TryReset();
    }
}
