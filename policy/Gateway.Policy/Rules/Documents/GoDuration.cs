using System.Globalization;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Durations in Go's notation: numbers with units, one after another (<c>1h30m</c>, <c>1.5h</c>, <c>300ms</c>).</summary>
internal static class GoDuration
{
    // The longer unit first where one begins with the other.
    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
        ("µs", TimeSpan.TicksPerMicrosecond),
        ("ns", TimeSpan.TicksPerMicrosecond / 1000.0),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>False for nothing, for what isn't a duration, and for one that isn't over zero or is over a hundred years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var ticks = 0.0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (!TryReadPart(ref rest, ref ticks))
            {
                return false;
            }
        }

        if (ticks < 1 || ticks > 100 * 365 * (double)TimeSpan.TicksPerDay)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, ref double ticks)
    {
        var length = rest.IndexOfAnyExcept("0123456789.");
        if (length <= 0 || !double.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[length..];
        foreach (var (unit, scale) in Units)
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal))
            {
                ticks += number * scale;
                rest = rest[unit.Length..];
                return true;
            }
        }

        return false;
    }
}
