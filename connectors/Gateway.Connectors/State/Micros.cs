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
