using Microsoft.Extensions.ObjectPool;

namespace Gateway.Proxy.FrontDoor;

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
