using System.Collections.Concurrent;
using System.Threading.Channels;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Evidence.Triggers;

/// <summary>
/// Sees what each call of an agent ended in and counts it against the triggers of its tenant. Waits for nothing: what fires is handed on,
/// and somebody else acts. Nothing of an agent that no trigger watches. Thread-safe.
/// </summary>
/// <param name="current">The governance in force: one that a request still runs by may lack a trigger that is there now.</param>
public sealed class TriggerWatch(Func<Snapshot> current, TimeProvider time)
{
    /// <value>Agents that are watched at once. Beyond it one that wasn't seen before isn't.</value>
    internal const int MostAgents = 100_000;

    private readonly ConcurrentDictionary<(Id<Tenant>, Id<Agent>), AgentWatch> _agents = new();

    /// <summary>Under which there was no room for another agent; null for none.</summary>
    private volatile Snapshot? _full;

    // Unbounded, and yet bounded: a trigger that fired for an agent doesn't again before it was dealt with.
    private readonly Channel<Firing> _fired = Channel.CreateUnbounded<Firing>(new() { SingleReader = true });

    /// <summary>What fired and wasn't dealt with.</summary>
    internal ChannelReader<Firing> Fired => _fired.Reader;

    /// <summary>A proven agent was refused before anything was judged.</summary>
    internal void Refused(Id<Tenant> tenant, Id<Agent> agent, ReasonCode reason)
    {
        if (Find(tenant, agent) is { } watch)
        {
            watch.Refused(reason, Now, _fired.Writer);
        }
    }

    /// <summary>An action was judged; before anything of it goes out.</summary>
    /// <param name="refused">Why it won't go on; none where it will.</param>
    internal void Judged(Judgement judgement, ReasonCode refused)
    {
        var intent = judgement.Read.Intent;
        if (Find(intent.Tenant, intent.Agent) is not { } watch)
        {
            return;
        }

        var now = Now;
        watch.Refused(refused, now, _fired.Writer);
        watch.Called(intent.Connector, intent.Operation, judgement.Read.Body.Arrived.Length, now, _fired.Writer);
        if (watch.Canaries is { } canaries)
        {
            var read = judgement.Read;
            var marker =
                Markers.Find(read.Body.Arrived.Span, canaries)
                ?? Markers.Find(read.Envelope.RawPath, canaries)
                ?? Markers.Find(read.Envelope.RawQuery, canaries);
            if (marker is { } seen)
            {
                watch.Saw(seen, now, _fired.Writer);
            }
        }
    }

    /// <summary>An action that went out has ended.</summary>
    /// <param name="bytes">Of its answer.</param>
    internal void Delivered(Judgement judgement, long bytes, ReasonCode error)
    {
        var intent = judgement.Read.Intent;
        if (Find(intent.Tenant, intent.Agent) is { } watch)
        {
            watch.Refused(error, Now, _fired.Writer);
            watch.Answered(bytes, Now, _fired.Writer);
        }
    }

    /// <summary>What fired was dealt with, and counts from nothing again.</summary>
    internal void Settle(Firing firing) => _agents.GetValueOrDefault((firing.Tenant, firing.Agent))?.Settle(firing.Trigger.Name);

    private Moment Now => new(time.GetTimestamp(), time.GetUtcNow(), time);

    private AgentWatch? Find(Id<Tenant> tenant, Id<Agent> agent)
    {
        var snapshot = current();
        if (snapshot.Find(tenant) is not { Triggers.Count: > 0 } governed)
        {
            return null;
        }

        if (!_agents.TryGetValue((tenant, agent), out var watch))
        {
            var isFull = ReferenceEquals(_full, snapshot);
            if (isFull || !governed.Agents.ContainsKey(agent) || (_agents.Count >= MostAgents && !Forget(snapshot)))
            {
                return null;
            }

            watch = _agents.GetOrAdd((tenant, agent), new AgentWatch(tenant, agent));
        }

        watch.Follow(governed);
        return watch;
    }

    /// <summary>
    /// Makes room of agents that no document names any more. False where there are none such: looked for once a governance, and not for
    /// each call of an agent that isn't watched.
    /// </summary>
    private bool Forget(Snapshot snapshot)
    {
        foreach (var (key, _) in _agents)
        {
            if (snapshot.Find(key.Item1)?.Agents.ContainsKey(key.Item2) != true)
            {
                _agents.TryRemove(key, out _);
            }
        }

        var hasRoom = _agents.Count < MostAgents;
        _full = hasRoom ? null : snapshot;
        return hasRoom;
    }
}

/// <summary>A trigger that fired for an agent.</summary>
/// <param name="Seen">What was counted, for people. Nothing of a request is in it.</param>
internal sealed record Firing(Id<Tenant> Tenant, Id<Agent> Agent, Trigger Trigger, string Seen, DateTimeOffset At);

/// <summary>Now, by both clocks: times are told by the one that nobody sets.</summary>
internal readonly record struct Moment(long Timestamp, DateTimeOffset Utc, TimeProvider Time)
{
    public TimeSpan Since(long timestamp) => Time.GetElapsedTime(timestamp, Timestamp);
}
