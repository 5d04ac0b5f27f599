using System.Globalization;

namespace Gateway.Policy.Documents;

/// <summary>
/// Numbers with a unit: durations (<c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>) and sizes (<c>64KiB</c>, <c>1MiB</c>, bytes).
/// </summary>
internal static class Quantities
{
    // The longer unit first where one ends in the other.
    private static readonly (string Unit, long Ticks)[] DurationUnits =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    private static readonly (string Unit, long Bytes)[] SizeUnits = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("", 1)];

    public static FieldFormat<TimeSpan> Duration(TimeSpan least, TimeSpan most) =>
        new(
            $"a duration from {Text(least)} to {Text(most)}",
            Text(least),
            (string text, out TimeSpan value) =>
            {
                var read = TryRead(text, DurationUnits, out var ticks);
                value = new TimeSpan(ticks);
                return read && value >= least && value <= most;
            },
            Text
        );

    /// <summary>One of a few durations.</summary>
    public static FieldFormat<TimeSpan> Window(params TimeSpan[] allowed) =>
        new(
            "one of the durations " + string.Join(", ", allowed.Select(Text)),
            Text(allowed[0]),
            (string text, out TimeSpan value) =>
            {
                var read = TryRead(text, DurationUnits, out var ticks);
                value = new TimeSpan(ticks);
                return read && allowed.Contains(value);
            },
            Text
        );

    public static FieldFormat<long> Size(long most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a size from 0 to {most} bytes"),
            "64KiB",
            (string text, out long value) => TryRead(text, SizeUnits, out value) && value <= most,
            value => value.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>In the largest unit that it is a whole number of.</summary>
    private static string Text(TimeSpan value)
    {
        var (unit, ticks) = DurationUnits.Last(u => value.Ticks % u.Ticks == 0);
        return (value.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit;
    }

    private static bool TryRead(string text, (string Unit, long Scale)[] units, out long value)
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
