using System.Buffers;

namespace Gateway.Cel.Library;

/// <summary>
/// Turns UTC into the time of a zone: an offset (<c>02:00</c>, <c>-09:30</c>) or a name of the time zone database that the machine has.
/// </summary>
internal static class TimeZones
{
    /// <summary>Steps: a name may have to be looked up.</summary>
    public const int Cost = 50;

    private const int MaxNameLength = 64;

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
        if (FixedOffset.TryRead(zone, out offset))
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
}
