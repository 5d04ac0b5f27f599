namespace Gateway.Cel.Values;

/// <summary>The units of a span of time.</summary>
internal static class DurationUnits
{
    private static readonly (string Name, long Nanos)[] Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];

    /// <summary>
    /// The unit's length in nanoseconds; 0 where there is none. A unit ends at a digit, so that "m" isn't taken from "ms".
    /// </summary>
    public static long Take(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyInRange('.', '9');
        var name = end < 0 ? rest : rest[..end];
        foreach (var (known, nanos) in Units)
        {
            if (name.SequenceEqual(known))
            {
                rest = rest[name.Length..];
                return nanos;
            }
        }

        return 0;
    }
}
