using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence.Triggers;

/// <summary>
/// What one trigger counts of one agent: the times of the last events, of each kind at most as many as it takes. Not thread-safe.
/// </summary>
internal sealed class TriggerCount(Trigger trigger)
{
    private readonly Dictionary<ReasonCode, Queue<long>> _events = [];
    private bool _isOpen;
    private long? _quietSince;
    private long _loudMinute = -1;

    public Trigger Trigger { get; private set; } = trigger;

    /// <summary>Whether a trigger as it now stands counts the same as this one.</summary>
    public bool IsOf(Trigger other) =>
        Trigger.Name == other.Name && Trigger.On == other.On && Trigger.Count == other.Count && Trigger.Window == other.Window;

    public TriggerCount As(Trigger other)
    {
        Trigger = other;
        return this;
    }

    /// <summary>
    /// Counts an event; true where it is the one that fires. Then nothing counts until it was dealt with; in shadow for a window, so that
    /// what would have ended the agent once isn't said again and again.
    /// </summary>
    public bool Add(ReasonCode kind, Moment now)
    {
        if (_isOpen || (Trigger.Mode == TriggerMode.Shadow && _quietSince is { } since && now.Since(since) < Trigger.Window))
        {
            return false;
        }

        if (!_events.TryGetValue(kind, out var times))
        {
            _events[kind] = times = new Queue<long>();
        }

        while (times.TryPeek(out var oldest) && now.Since(oldest) > Trigger.Window)
        {
            times.Dequeue();
        }

        times.Enqueue(now.Timestamp);
        if (times.Count < Trigger.Count)
        {
            return false;
        }

        _events.Clear();
        (_isOpen, _quietSince) = (true, now.Timestamp);
        return true;
    }

    public void Settle() => _isOpen = false;

    /// <summary>Whether what a call was is outside of what the trigger takes for usual. A loud minute is one event.</summary>
    public bool IsNew(BaselineTerms terms, in Novelty novelty)
    {
        var isNew =
            (novelty.Operation && (terms.Of & BaselineParts.Operations) != 0) || (novelty.Hour && (terms.Of & BaselineParts.Hours) != 0);
        if ((terms.Of & BaselineParts.Volumes) == 0 || novelty.Minute == _loudMinute || !novelty.IsLoud(terms.Factor))
        {
            return isNew;
        }

        _loudMinute = novelty.Minute;
        return true;
    }

    /// <summary>What was counted, in words.</summary>
    public string Describe(ReasonCode kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{Trigger.Count} {WhatOf(kind)} within {Trigger.Window}");

    private string WhatOf(ReasonCode kind) =>
        Trigger.On switch
        {
            TriggerEvent.Refusals => $"refusals for {Reasons.Of(kind).Code}",
            TriggerEvent.Replays => $"replays, refused for {Reasons.Of(kind).Code}",
            TriggerEvent.Budgets => $"refusals for {Reasons.Of(kind).Code}",
            TriggerEvent.Canary => "requests with a canary",
            TriggerEvent.Baseline => $"calls outside its baseline of {PartsOf(Trigger.Baseline!.Of)}",
            TriggerEvent.Unspecified => "events",
        };

    private static string PartsOf(BaselineParts parts) =>
        string.Join(", ", Vocabulary.Baseline.Values.Where(part => parts.HasFlag(part)).Select(Vocabulary.Baseline.Text));
}
