using System.Globalization;
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
