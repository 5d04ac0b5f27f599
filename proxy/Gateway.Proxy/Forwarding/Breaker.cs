using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Leaves a failing system alone for a while: a circuit breaker over one connector. What one agent's requests provoke closes that agent's
/// own way only; the way is closed to all where several agents see faults, or nobody is there to connect to. Thread-safe. Only the head of
/// an answer counts, so that a long stream doesn't hold a probe open.
/// </summary>
public sealed class Breaker(CircuitBreaker settings, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Id<Agent>, AgentWay> _ways = [];
    private readonly CommonWay _common = new(settings, time);

    /// <summary>Null when the request may go; otherwise how long to wait.</summary>
    /// <param name="passage">For the request that may go.</param>
    public TimeSpan? TryEnter(Id<Agent> agent, out BreakerPermit passage)
    {
        lock (_lock)
        {
            passage = default;
            if (!_ways.TryGetValue(agent, out var way))
            {
                _ways[agent] = way = new AgentWay(agent, settings, time);
            }

            // Both are asked before either gives its one probe away.
            if ((way.Wait() ?? _common.Wait(way)) is { } wait)
            {
                return wait;
            }

            passage = new(this, way, way.Enter(), _common.Enter(way));
            return null;
        }
    }

    /// <value>Whether the way is closed to all, and how many agents' own ways are.</value>
    internal (bool ToAll, int Agents) Closed
    {
        get
        {
            lock (_lock)
            {
                return (_common.IsClosed, _ways.Values.Count(way => way.IsClosed));
            }
        }
    }

    internal void Report(in BreakerPermit passage, SystemFault fault)
    {
        lock (_lock)
        {
            if (fault == SystemFault.Unreachable)
            {
                passage.Way.Abandon(passage.OwnPeriod); // It says nothing of what this agent asks for.
            }
            else
            {
                passage.Way.Report(passage.OwnPeriod, failed: fault == SystemFault.Provoked);
            }

            if (_common.Report(passage.CommonPeriod, passage.Way, fault))
            {
                Forget();
            }
        }
    }

    internal void Abandon(in BreakerPermit passage)
    {
        lock (_lock)
        {
            passage.Way.Abandon(passage.OwnPeriod);
            _common.Abandon(passage.CommonPeriod);
        }
    }

    /// <summary>Drops the ways of agents that have asked for nothing lately.</summary>
    private void Forget()
    {
        foreach (var (agent, way) in _ways)
        {
            if (way.IsForgettable)
            {
                _ways.Remove(agent);
            }
        }
    }
}

/// <summary>What a request says of the system that it went to.</summary>
public enum SystemFault
{
    /// <summary>Nobody could be connected to: nothing that an agent asked for can be the reason.</summary>
    Unreachable = 0,

    /// <summary>It was too slow, broke off, or answered with a server error: perhaps because of what was asked.</summary>
    Provoked = 1,

    /// <summary>It answered.</summary>
    None = 2,
}

/// <summary>
/// One request's way past its breaker, to be reported or abandoned once. What it says counts only while the breaker is as it was when it
/// let the request through: one that was under way when the breaker opened says nothing of a system that is being tried again.
/// </summary>
public readonly struct BreakerPermit
{
    private readonly Breaker _breaker;

    internal BreakerPermit(Breaker breaker, AgentWay way, int ownPeriod, int commonPeriod) =>
        (_breaker, Way, OwnPeriod, CommonPeriod) = (breaker, way, ownPeriod, commonPeriod);

    internal AgentWay Way { get; }

    internal int OwnPeriod { get; }

    internal int CommonPeriod { get; }

    public void Report(SystemFault fault) => _breaker.Report(this, fault);

    /// <summary>The request ended without telling anything about the system, such as when its caller left.</summary>
    public void Abandon() => _breaker.Abandon(this);
}
