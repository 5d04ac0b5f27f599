namespace Gateway.Cel.Values;

/// <summary>An instant of UTC in the years 1 to 9999: seconds since 1970 and the nanoseconds (0 to 999,999,999) after them.</summary>
public readonly record struct CelTimestamp(long Seconds, int Nanos)
{
    /// <summary>0001-01-01T00:00:00Z.</summary>
    internal const long MinSeconds = -62_135_596_800;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    internal const long MaxSeconds = 253_402_300_799;

    private const int NanosPerTick = 100;

    internal bool IsInRange => Seconds is >= MinSeconds and <= MaxSeconds;

    public static CelTimestamp From(DateTimeOffset value)
    {
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new CelTimestamp(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * NanosPerTick)
            : new CelTimestamp(seconds, (int)rest * NanosPerTick);
    }

    /// <summary>The instant to the 100 nanoseconds that .NET knows.</summary>
    internal DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.UnixEpoch.AddTicks((Seconds * TimeSpan.TicksPerSecond) + (Nanos / NanosPerTick));

    /// <summary>Null where the sum leaves the years 1 to 9999.</summary>
    internal CelTimestamp? Plus(CelDuration duration)
    {
        var (seconds, nanos) = Math.DivRem(duration.Nanos, CelDuration.NanosPerSecond);
        nanos += Nanos;
        seconds += Seconds + (long)Math.Floor((double)nanos / CelDuration.NanosPerSecond);
        nanos = ((nanos % CelDuration.NanosPerSecond) + CelDuration.NanosPerSecond) % CelDuration.NanosPerSecond;
        var sum = new CelTimestamp(seconds, (int)nanos);
        return sum.IsInRange ? sum : null;
    }

    /// <summary>Null where the span is longer than a duration can be.</summary>
    internal CelDuration? Minus(CelTimestamp other)
    {
        var nanos = ((Int128)(Seconds - other.Seconds) * CelDuration.NanosPerSecond) + (Nanos - other.Nanos);
        return nanos >= long.MinValue && nanos <= long.MaxValue ? new CelDuration((long)nanos) : null;
    }
}

/// <summary>A span of time in nanoseconds; about 292 years either way.</summary>
public readonly record struct CelDuration(long Nanos)
{
    internal const long NanosPerSecond = 1_000_000_000;
}
