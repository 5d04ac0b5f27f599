using System.Collections.Frozen;
using System.Threading.Channels;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence.Triggers;

/// <summary>What is counted of one agent, by the triggers that watch it. Thread-safe; its gate is never held over I/O.</summary>
internal sealed class AgentWatch(Id<Tenant> tenant, Id<Agent> agent)
{
    private readonly Lock _gate = new();
    private TriggerCount[] _counts = [];
    private AgentBaseline? _baseline;
    private TenantSnapshot? _followed;

    /// <summary>The digests to look for in its requests; null for none.</summary>
    public FrozenSet<Sha256Digest>? Canaries { get; private set; }

    /// <summary>Takes over the triggers in force. What was counted for one that stays is counted on.</summary>
    public void Follow(TenantSnapshot governed)
    {
        if (ReferenceEquals(Volatile.Read(ref _followed), governed))
        {
            return;
        }

        lock (_gate)
        {
            var before = _counts;
            _counts =
            [
                .. governed
                    .Triggers.Where(trigger => trigger.Watches(agent))
                    .Select(trigger => Array.Find(before, count => count.IsOf(trigger))?.As(trigger) ?? new TriggerCount(trigger)),
            ];
            var canaries = _counts.SelectMany(count => count.Trigger.Canaries).ToFrozenSet();
            Canaries = canaries.Count == 0 ? null : canaries;
            if (!Array.Exists(_counts, count => count.Trigger.Baseline is not null))
            {
                _baseline = null;
            }

            Volatile.Write(ref _followed, governed);
        }
    }

    public void Refused(ReasonCode reason, Moment now, ChannelWriter<Firing> fired)
    {
        if (reason == ReasonCode.None)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var count in _counts)
            {
                if (count.Trigger.Counts(reason))
                {
                    Add(count, reason, now, fired);
                }
            }
        }
    }

    public void Saw(Sha256Digest canary, Moment now, ChannelWriter<Firing> fired)
    {
        lock (_gate)
        {
            foreach (var count in _counts)
            {
                if (count.Trigger.Canaries.Contains(canary))
                {
                    Add(count, ReasonCode.None, now, fired);
                }
            }
        }
    }

    public void Called(Id<Connector> connector, Id<Operation> operation, long bytes, Moment now, ChannelWriter<Firing> fired)
    {
        lock (_gate)
        {
            if (Baseline(now) is { } baseline)
            {
                Compare(baseline, baseline.Call(connector, operation, bytes, now), now, fired);
            }
        }
    }

    public void Answered(long bytes, Moment now, ChannelWriter<Firing> fired)
    {
        lock (_gate)
        {
            if (Baseline(now) is { } baseline)
            {
                Compare(baseline, baseline.Answer(bytes, now), now, fired);
            }
        }
    }

    public void Settle(string trigger)
    {
        lock (_gate)
        {
            Array.Find(_counts, count => count.Trigger.Name == trigger)?.Settle();
        }
    }

    /// <summary>Begun with the first call that a trigger compares; null where none does.</summary>
    private AgentBaseline? Baseline(Moment now)
    {
        for (var i = 0; _baseline is null && i < _counts.Length; i++)
        {
            _baseline = _counts[i].Trigger.Baseline is null ? null : new AgentBaseline(now.Timestamp);
        }

        return _baseline;
    }

    private void Compare(AgentBaseline baseline, Novelty novelty, Moment now, ChannelWriter<Firing> fired)
    {
        foreach (var count in _counts)
        {
            if (count.Trigger.Baseline is { } terms && baseline.Knows(terms, now) && count.IsNew(terms, novelty))
            {
                Add(count, ReasonCode.None, now, fired);
            }
        }
    }

    private void Add(TriggerCount count, ReasonCode kind, Moment now, ChannelWriter<Firing> fired)
    {
        if (count.Add(kind, now))
        {
            fired.TryWrite(new Firing(tenant, agent, count.Trigger, count.Describe(kind), now.Utc));
        }
    }
}
