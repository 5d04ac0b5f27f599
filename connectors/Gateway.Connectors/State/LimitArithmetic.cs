using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.State;

/// <summary>
/// Times as whole microseconds since 1970: what Redis' <c>TIME</c> gives, and exact in Lua's numbers (doubles, exact up to 2^53) until
/// the year 2255. Both stores reckon in them, so that they agree to the microsecond.
/// </summary>
internal static class Micros
{
    public const long PerSecond = 1_000_000;

    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long From(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan ToSpan(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371) in whole microseconds. The whole state of a limit is one number, the theoretical
/// arrival time of the next request. Never more than burst + rate x time is admitted, whatever the interval.
/// </summary>
internal static class Gcra
{
    /// <summary>
    /// Between two requests at the full rate. Rounded up, so that the rate is never exceeded: a limit is slower than asked by less than
    /// one microsecond an interval.
    /// </summary>
    public static long Interval(RateLimit limit) => (Micros.From(limit.Period) + limit.Requests - 1) / limit.Requests;

    /// <summary>How far ahead of its time a request may come: what makes the burst.</summary>
    public static long Tolerance(RateLimit limit) => (limit.Burst - 1) * Interval(limit);

    /// <summary>
    /// The stored arrival time as it counts now. One in the past grants no more than the burst. One further ahead than the limit can bring
    /// it comes from a clock that went back or a limit that was wider: it is cut, so that nobody waits for longer than a full burst takes.
    /// </summary>
    public static long Clamp(long arrival, long now, RateLimit limit) => Math.Clamp(arrival, now, now + Tolerance(limit) + Interval(limit));

    /// <summary>Microseconds until a request would be admitted; zero when it is now.</summary>
    public static long Wait(long arrival, long now, RateLimit limit) => Math.Max(0, Clamp(arrival, now, limit) - now - Tolerance(limit));

    /// <summary>The state after one more request.</summary>
    public static long Next(long arrival, long now, RateLimit limit) => Clamp(arrival, now, limit) + Interval(limit);
}

/// <summary>What has been used of a budget in one calendar window.</summary>
/// <param name="Start">Microseconds since 1970, a multiple of the window's length.</param>
internal readonly record struct BudgetWindow(long Start, long Used)
{
    public static long StartOf(long now, TokenBudget budget) => now - (now % Micros.From(budget.Window));

    public long End(TokenBudget budget) => Start + Micros.From(budget.Window);

    /// <summary>
    /// The window as it counts now: this one while it lasts, else an empty new one. After a clock went back the later window stays, since
    /// an emptied counter would admit twice.
    /// </summary>
    public BudgetWindow At(long now, TokenBudget budget)
    {
        var start = StartOf(now, budget);
        return start > Start ? new BudgetWindow(start, 0) : this;
    }
}

/// <summary>What a request is to be given back. Both states settle by it.</summary>
/// <param name="AdmittedAt">By the state's own clock: tells in which windows it was charged.</param>
/// <param name="TokensUsed">Null where nothing was sent.</param>
internal readonly record struct Settlement(AdmissionRequest Request, DateTimeOffset AdmittedAt, long? TokensUsed)
{
    /// <value>The idempotency key that is free again, as long as this request's decision holds it.</value>
    public IdempotencyUse? Freed => TokensUsed is null ? Request.Idempotency : null;

    /// <value>Whether there is nothing to be given back.</value>
    public bool IsEmpty => Request.Concurrency.Count + Request.Budgets.Count == 0 && Freed is null;

    /// <summary>The start of the window in which a budget was charged.</summary>
    public long WindowOf(BudgetUse use) => BudgetWindow.StartOf(Micros.From(AdmittedAt), use.Budget);

    /// <summary>What is to be added to what a budget was charged.</summary>
    public long DifferenceOf(BudgetUse use) => use.Charged(TokensUsed ?? 0) - use.Reserve;
}
