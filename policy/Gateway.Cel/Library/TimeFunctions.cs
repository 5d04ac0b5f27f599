using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// The parts of an instant, in UTC or in a time zone (<c>Europe/Berlin</c>, <c>+02:00</c>), and the whole of a span in a unit. Months, days
/// of the year and days of the week count from 0, and <c>getDate</c> from 1. Alone among the units, a span's milliseconds are those beyond
/// its seconds, as the published cases have it.
/// </summary>
internal static class TimeFunctions
{
    private const long NanosPerMilli = 1_000_000;
    private const long NanosPerSecond = 1_000 * NanosPerMilli;
    private const long NanosPerMinute = 60 * NanosPerSecond;
    private const long NanosPerHour = 60 * NanosPerMinute;

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        .. Part("getFullYear", time => time.Year),
        .. Part("getMonth", time => time.Month - 1),
        .. Part("getDate", time => time.Day),
        .. Part("getDayOfMonth", time => time.Day - 1),
        .. Part("getDayOfYear", time => time.DayOfYear - 1),
        .. Part("getDayOfWeek", time => (int)time.DayOfWeek),
        .. Part("getHours", time => time.Hour),
        .. Part("getMinutes", time => time.Minute),
        .. Part("getSeconds", time => time.Second),
        .. Part("getMilliseconds", time => time.Millisecond),
        new("(duration).getHours() -> int", (_, a) => CelValue.From(a[0].AsDuration.Nanos / NanosPerHour)),
        new("(duration).getMinutes() -> int", (_, a) => CelValue.From(a[0].AsDuration.Nanos / NanosPerMinute)),
        new("(duration).getSeconds() -> int", (_, a) => CelValue.From(a[0].AsDuration.Nanos / NanosPerSecond)),
        new("(duration).getMilliseconds() -> int", (_, a) => CelValue.From(a[0].AsDuration.Nanos % NanosPerSecond / NanosPerMilli)),
    ];

    private static readonly CelValue NoZone = CelValue.Fail("there is no such time zone");

    private static IEnumerable<Overload> Part(string name, Func<DateTime, int> part)
    {
        yield return new Overload(
            $"(timestamp).{name}() -> int",
            (_, a) => CelValue.From((long)part(a[0].AsTimestamp.ToDateTimeOffset().UtcDateTime))
        );
        yield return new Overload(
            $"(timestamp).{name}(string) -> int",
            (f, a) =>
                f.Charge(TimeZones.Cost)
                && TimeZones.TryLocal(a[0].AsTimestamp.ToDateTimeOffset().UtcDateTime, a[1].AsString, out var local)
                    ? CelValue.From((long)part(local))
                    : NoZone
        );
    }
}
