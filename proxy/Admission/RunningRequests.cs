using System.Collections.Concurrent;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

/// <summary>The requests under way, so that killing an agent or revoking a credential ends them too. Thread-safe.</summary>
public sealed class RunningRequests
{
    private readonly ConcurrentDictionary<RunningRequest, byte> _running = new();

    public RunningRequest Start(VerifiedAgent agent, CancellationToken aborted)
    {
        var request = new RunningRequest(this, agent, aborted);
        _running[request] = 0;
        return request;
    }

    /// <summary>Ends what fits; each request finds <see cref="RunningRequest.Killed"/> set.</summary>
    public void End(Func<VerifiedAgent, bool> which)
    {
        foreach (var (request, _) in _running)
        {
            if (which(request.Agent))
            {
                request.Kill();
            }
        }
    }

    internal void Remove(RunningRequest request) => _running.TryRemove(request, out _);
}

/// <summary>One request under way. Disposed when it ends.</summary>
public sealed class RunningRequest : IDisposable
{
    private readonly RunningRequests _all;
    private readonly CancellationTokenSource _source;
    private volatile bool _killed;

    internal RunningRequest(RunningRequests all, VerifiedAgent agent, CancellationToken aborted)
    {
        _all = all;
        Agent = agent;
        _source = CancellationTokenSource.CreateLinkedTokenSource(aborted);
    }

    public VerifiedAgent Agent { get; }

    /// <summary>Cancelled when the caller leaves or the request is killed.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was ended by us and not by its caller.</summary>
    public bool Killed => _killed;

    internal void Kill()
    {
        _killed = true;
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
        _all.Remove(this);
        _source.Dispose();
    }
}
