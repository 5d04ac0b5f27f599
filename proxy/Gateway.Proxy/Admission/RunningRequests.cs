using System.Collections.Concurrent;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

/// <summary>The requests under way, so that killing an agent or revoking a credential ends them too. Thread-safe.</summary>
public sealed class RunningRequests
{
    private readonly ConcurrentDictionary<RequestLifetime, VerifiedAgent> _running = new();

    public RunningRequest Start(RequestLifetime lifetime, VerifiedAgent agent)
    {
        _running[lifetime] = agent;
        return new RunningRequest(this, lifetime);
    }

    /// <summary>Ends what fits; each request finds why in <see cref="RequestLifetime.KilledFor"/>.</summary>
    public void End(Func<VerifiedAgent, bool> which, ReasonCode why)
    {
        foreach (var (lifetime, agent) in _running)
        {
            if (which(agent))
            {
                lifetime.Kill(why);
            }
        }
    }

    internal void Remove(RequestLifetime lifetime) => _running.TryRemove(lifetime, out _);
}

/// <summary>One request under way. Disposed when it ends.</summary>
public readonly struct RunningRequest(RunningRequests all, RequestLifetime lifetime) : IDisposable
{
    public void Dispose() => all.Remove(lifetime);
}
