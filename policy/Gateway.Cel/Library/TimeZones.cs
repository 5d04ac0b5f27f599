using System.Buffers;
using System.Globalization;

namespace Gateway.Cel.Library;

/// <summary>
/// Turns UTC into the time of a zone: an offset (<c>02:00</c>, <c>-09:30</c>) or a name of the time zone database that the machine has.
/// </summary>
internal static class TimeZones
{
    /// <summary>Steps: a name may have to be looked up.</summary>
    public const int Cost = 50;

    private const int MaxNameLength = 64;
    private const int MaxHours = 23;
    private const int MaxMinutes = 59;

    /// <summary>A name is looked for among files, so nothing that could lead elsewhere gets so far.</summary>
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/"
    );

    /// <summary>False where there is no such zone, or the local time lies outside the years 1 to 9999.</summary>
    public static bool TryLocal(DateTime utc, string zone, out DateTime local)
    {
        local = default;
        if (!TryOffset(utc, zone, out var offset))
        {
            return false;
        }

        var ticks = utc.Ticks + offset.Ticks;
        var isInRange = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        local = isInRange ? new DateTime(ticks, DateTimeKind.Unspecified) : default;
        return isInRange;
    }

    private static bool TryOffset(DateTime utc, string zone, out TimeSpan offset)
    {
        if (TryFixed(zone, out offset))
        {
            return true;
        }

        if (
            zone.Length is 0 or > MaxNameLength
            || zone[0] == '/'
            || zone.AsSpan().ContainsAnyExcept(NameCharacters)
            || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info)
        )
        {
            return false;
        }

        offset = info.GetUtcOffset(utc);
        return true;
    }

    private static bool TryFixed(string zone, out TimeSpan offset)
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
