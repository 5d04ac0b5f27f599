using System.Numerics;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>
/// What the bodies of requests and the answers that are read whole may take of memory at once, all together. No agent holds more than it
/// leaves free: one alone has half of it, two have a third each, so that who begins a thousand large bodies and ends none only stands in
/// its own way. Without it such an agent ends the process. Thread-safe.
/// </summary>
/// <param name="most">Bytes.</param>
public sealed class BodyMemory(long most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Id<Tenant> Tenant, Id<Agent> Agent), long> _held = [];
    private long _all;

    /// <value>Bytes of a body: no larger one ever fits, since buffers double, each counts twice, and half is all that one agent
    /// gets.</value>
    public long MostOfOne { get; } = (long)(BitOperations.RoundUpToPowerOf2((ulong)(most / 4) + 1) / 2) - 1;

    /// <summary>For one request. Disposed when the request has ended.</summary>
    public HeldBytes For(VerifiedAgent agent) => new(this, agent);

    internal bool TryTake(VerifiedAgent agent, long bytes)
    {
        lock (_gate)
        {
            var mine = _held.GetValueOrDefault((agent.Tenant, agent.Agent)) + bytes;
            if (mine > most - _all - bytes)
            {
                return false;
            }

            _held[(agent.Tenant, agent.Agent)] = mine;
            _all += bytes;
            return true;
        }
    }

    internal void Give(VerifiedAgent agent, long bytes)
    {
        lock (_gate)
        {
            _all -= bytes;
            if ((_held[(agent.Tenant, agent.Agent)] -= bytes) == 0)
            {
                _held.Remove((agent.Tenant, agent.Agent));
            }
        }
    }
}
