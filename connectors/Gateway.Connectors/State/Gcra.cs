using Gateway.Policy.Model;

namespace Gateway.Connectors.State;

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
