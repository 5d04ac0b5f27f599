using System.Globalization;

namespace Gateway.Policy.Documents;

/// <summary>A number with a unit, as text: how it is read, and how a duration is written.</summary>
internal static class UnitText
{
    // The longer unit first where one ends in the other.
    public static readonly (string Unit, long Ticks)[] DurationUnits =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    public static readonly (string Unit, long Bytes)[] SizeUnits = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("", 1)];

    /// <summary>In the largest unit that it is a whole number of.</summary>
    public static string Of(TimeSpan value)
    {
        var (unit, ticks) = DurationUnits.Last(u => value.Ticks % u.Ticks == 0);
        return (value.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit;
    }

    public static bool TryRead(string text, (string Unit, long Scale)[] units, out long value)
    {
        value = 0;
        foreach (var (unit, scale) in units)
        {
            if (
                text.EndsWith(unit, StringComparison.Ordinal)
                && long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number <= long.MaxValue / scale
            )
            {
                value = number * scale;
                return true;
            }
        }

        return false;
    }
}
