using System.Globalization;
using Gateway.Cel.Text;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Gating;

/// <summary>
/// Which counter a call is counted by: the fixed minute or hour of UTC that it falls into, for what the limit's scope names.
/// </summary>
/// <param name="Key"><c>window|scope|start|scope key</c>, as the format's own state file has it.</param>
public readonly record struct LimitWindow(string Key, DateTimeOffset Start)
{
    private const string BudgetPrefix = "destructive_budget|";

    public static LimitWindow Of(LimitDemand limit, string toolName, string identity, DateTimeOffset now)
    {
        var utc = now.ToUniversalTime();
        var length = limit.Window == "hour" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);
        var start = new DateTimeOffset(utc.Ticks - (utc.Ticks % length.Ticks), TimeSpan.Zero);
        var scope = limit.Scope switch
        {
            "tool" => toolName,
            "identity" => identity,
            _ => $"{toolName}|{identity}",
        };
        var text = start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new LimitWindow($"{limit.Window}|{limit.Scope}|{text}|{scope}", start);
    }

    /// <summary>The same for a destructive budget, which has counters of its own.</summary>
    public static LimitWindow OfBudget(LimitDemand limit, string toolName, string identity, DateTimeOffset now) =>
        Of(limit, BudgetPrefix + toolName, identity, now);
}

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

/// <summary>
/// The most restrictive of several limits, for interfaces that can say only one: fewer requests, then the shorter window, then the scope
/// that sorts first. What decides counts every limit.
/// </summary>
public static class LimitMerge
{
    public static LimitDemand? MostRestrictive(IEnumerable<LimitDemand> limits) =>
        limits
            .Where(limit => limit.Requests > 0)
            .OrderBy(limit => limit.Requests)
            .ThenBy(limit => Length(limit.Window))
            .ThenBy(limit => limit.Scope, CodePointOrder.Instance)
            .FirstOrDefault();

    private static int Length(string window) =>
        window switch
        {
            "minute" => 0,
            "hour" => 1,
            _ => 2,
        };
}
