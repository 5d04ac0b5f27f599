using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Gating;

/// <summary>
/// Counts calls against fixed-window limits in memory, for tests of rule files and simulation: what decides in a running gateway counts in
/// the shared state. A call is counted only when it is let in. Thread-safe.
/// </summary>
public sealed class LimitCounters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Start)> _counts = new(StringComparer.Ordinal);

    public LimitAnswer Count(LimitDemand limit, LimitWindow window)
    {
        lock (_lock)
        {
            var used = _counts.GetValueOrDefault(window.Key).Count;
            if (used >= limit.Requests)
            {
                return new LimitAnswer(false, used, 0);
            }

            Prune(window.Start);
            _counts[window.Key] = (used + 1, window.Start);
            return new LimitAnswer(true, used + 1, limit.Requests - used - 1);
        }
    }

    /// <summary>
    /// Windows that ended long ago are dropped; a whole hour is kept, since a minute's call may come between two of an hour's.
    /// </summary>
    private void Prune(DateTimeOffset start)
    {
        foreach (var key in _counts.Where(count => start - count.Value.Start > TimeSpan.FromHours(1)).Select(count => count.Key).ToArray())
        {
            _counts.Remove(key);
        }
    }
}

/// <summary>Whether a call was counted. Unset refuses.</summary>
public readonly record struct LimitAnswer(bool Allowed, int Used, int Remaining);
