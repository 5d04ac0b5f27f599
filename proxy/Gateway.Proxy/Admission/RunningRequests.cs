using System.Collections.Concurrent;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

/// <summary>
/// The requests under way, so that what stops an agent, a credential, a connector or an operation ends them too. Thread-safe.
/// </summary>
public sealed class RunningRequests
{
    private readonly ConcurrentDictionary<RequestLifetime, RunningRequest> _running = new();

    /// <value>How many there are now.</value>
    internal int Count => _running.Count;

    public RunningRequest Start(RequestLifetime lifetime, VerifiedAgent agent) => _running[lifetime] = new(this, lifetime, agent);

    /// <summary>Ends what fits; each request finds why in <see cref="RequestLifetime.KilledFor"/>.</summary>
    public void End(Func<VerifiedAgent, bool> which, ReasonCode why) => End(request => which(request.Agent) ? new Refusal(why) : null);

    /// <param name="why">Null for what may go on.</param>
    internal void End(Func<RunningRequest, Refusal?> why)
    {
        foreach (var (lifetime, request) in _running)
        {
            if (why(request) is { } refusal)
            {
                lifetime.Kill(refusal);
            }
        }
    }

    /// <summary>Who was proven to make the request of this lifetime; null once it has ended.</summary>
    internal VerifiedAgent? AgentOf(RequestLifetime lifetime) => _running.TryGetValue(lifetime, out var request) ? request.Agent : null;

    internal void Remove(RequestLifetime lifetime) => _running.TryRemove(lifetime, out _);
}

/// <summary>
/// One request under way. What it does is said before it is looked up whether that is stopped: who stops it writes that first and then
/// looks through those that run, so that one of the two finds the other. Disposed when it ends.
/// </summary>
public sealed class RunningRequest : IDisposable
{
    private readonly RunningRequests _all;
    private readonly RequestLifetime _lifetime;
    private volatile Intent? _asked;
    private volatile Intent? _sent;

    internal RunningRequest(RunningRequests all, RequestLifetime lifetime, VerifiedAgent agent) =>
        (_all, _lifetime, Agent) = (all, lifetime, agent);

    public VerifiedAgent Agent { get; }

    /// <summary>What it asks for; null before that is known.</summary>
    public Intent? Asked
    {
        get => _asked;
        internal set => _asked = value;
    }

    /// <summary>What is sent of it, be it another operation; null before that is known.</summary>
    public Intent? Sent
    {
        get => _sent;
        internal set => _sent = value;
    }

    public void Dispose() => _all.Remove(_lifetime);
}
