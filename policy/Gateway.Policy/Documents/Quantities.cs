using System.Globalization;

namespace Gateway.Policy.Documents;

/// <summary>
/// Numbers with a unit: durations (<c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>) and sizes (<c>64KiB</c>, <c>1MiB</c>, bytes).
/// </summary>
internal static class Quantities
{
    public static FieldFormat<TimeSpan> Duration(TimeSpan least, TimeSpan most) =>
        new(
            $"a duration from {UnitText.Of(least)} to {UnitText.Of(most)}",
            UnitText.Of(least),
            (string text, out TimeSpan value) =>
            {
                var read = UnitText.TryRead(text, UnitText.DurationUnits, out var ticks);
                value = new TimeSpan(ticks);
                return read && value >= least && value <= most;
            },
            UnitText.Of
        );

    /// <summary>One of a few durations.</summary>
    public static FieldFormat<TimeSpan> Window(params TimeSpan[] allowed) =>
        new(
            "one of the durations " + string.Join(", ", allowed.Select(UnitText.Of)),
            UnitText.Of(allowed[0]),
            (string text, out TimeSpan value) =>
            {
                var read = UnitText.TryRead(text, UnitText.DurationUnits, out var ticks);
                value = new TimeSpan(ticks);
                return read && allowed.Contains(value);
            },
            UnitText.Of
        );

    public static FieldFormat<long> Size(long most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a size from 0 to {most} bytes"),
            "64KiB",
            (string text, out long value) => UnitText.TryRead(text, UnitText.SizeUnits, out value) && value <= most,
            value => value.ToString(CultureInfo.InvariantCulture)
        );
}
