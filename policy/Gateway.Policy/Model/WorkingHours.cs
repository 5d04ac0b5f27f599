namespace Gateway.Policy.Model;

/// <summary>When an agent or a permission may be used, as a clock on the wall shows it.</summary>
/// <param name="Zone">The zone's rules are those of the machine that Gateway runs on.</param>
/// <param name="Days">At least one. A window over midnight belongs to the day that it begins on.</param>
/// <param name="From">Minutes after midnight, from 0 to 1439; the first that counts.</param>
/// <param name="To">Minutes after midnight, from 1 to 1440; the first that doesn't count. Not after <paramref name="From"/>: on the next
/// day.</param>
public sealed record WorkingHours(TimeZoneInfo Zone, IReadOnlyList<DayOfWeek> Days, int From, int To)
{
    /// <summary>False for the zero value too, which is no moment.</summary>
    public bool Contains(DateTimeOffset now)
    {
        if (now == default)
        {
            return false;
        }

        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var minute = (local.Hour * 60) + local.Minute;
        if (From < To)
        {
            return minute >= From && minute < To && IsDay(local.DayOfWeek);
        }

        var before = (DayOfWeek)(((int)local.DayOfWeek + 6) % 7);
        return (minute >= From && IsDay(local.DayOfWeek)) || (minute < To && IsDay(before));
    }

    private bool IsDay(DayOfWeek day)
    {
        for (var i = 0; i < Days.Count; i++)
        {
            if (Days[i] == day)
            {
                return true;
            }
        }

        return false;
    }
}
