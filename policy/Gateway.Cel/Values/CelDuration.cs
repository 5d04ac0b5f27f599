namespace Gateway.Cel.Values;

/// <summary>A span of time in nanoseconds; about 292 years either way.</summary>
public readonly record struct CelDuration(long Nanos)
{
    internal const long NanosPerSecond = 1_000_000_000;
}
