using System.Globalization;

namespace Gateway.Cel.Library;

/// <summary>A zone that is written as its distance from UTC: <c>02:00</c>, <c>-09:30</c>.</summary>
internal static class FixedOffset
{
    private const int MaxHours = 23;
    private const int MaxMinutes = 59;

    public static bool TryRead(string zone, out TimeSpan offset)
    {
        offset = default;
        var digits = zone.AsSpan(zone.StartsWith('-') || zone.StartsWith('+') ? 1 : 0);
        if (
            digits.Length != 5
            || digits[2] != ':'
            || !int.TryParse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(digits[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > MaxHours
            || minutes > MaxMinutes
        )
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = zone[0] == '-' ? -offset : offset;
        return true;
    }
}
