namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Which moments a local time can stand for where a change of the clock makes it happen twice or never.</summary>
internal static class LocalTimes
{
    /// <summary>The first and the last moment that a local time can stand for.</summary>
    public static (DateTimeOffset Earliest, DateTimeOffset Latest) Of(TimeZoneInfo zone, DateTime local)
    {
        TimeSpan[] offsets =
            zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local)
            : zone.IsInvalidTime(local) ? [zone.GetUtcOffset(Shift(local, -1)), zone.GetUtcOffset(Shift(local, 1))]
            : [zone.GetUtcOffset(local)];
        return (Moment(local, offsets.Max()), Moment(local, offsets.Min()));
    }

    // Times at the very ends of the calendar can't be moved past them.
    private static DateTime Shift(DateTime local, int days) => local.Year is 1 or 9999 ? local : local.AddDays(days);

    private static DateTimeOffset Moment(DateTime local, TimeSpan offset)
    {
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
