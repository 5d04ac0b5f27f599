using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>Instants as text (RFC 3339).</summary>
internal static class TimeText
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsLength = 19;
    private const int OffsetLength = 6;

    /// <summary>Null for anything but a full RFC 3339 instant in the years 1 to 9999, with at most nine digits of a second.</summary>
    public static CelTimestamp? TryParse(string text)
    {
        var offsetLength = text.EndsWith('Z') ? 1 : OffsetLength;
        if (
            text.Length < SecondsLength + offsetLength
            || TimeParts.Offset(text.AsSpan(text.Length - offsetLength)) is not { } offset
            || TimeParts.Nanos(text.AsSpan(SecondsLength, text.Length - offsetLength - SecondsLength)) is not { } nanos
            || !DateTime.TryParseExact(
                text.AsSpan(0, SecondsLength),
                Seconds,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            return null;
        }

        var seconds = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        var result = new CelTimestamp(seconds, nanos);
        return result.IsInRange ? result : null;
    }

    public static string Write(CelTimestamp value)
    {
        var time = new CelTimestamp(value.Seconds, 0).ToDateTimeOffset().ToString(Seconds, CultureInfo.InvariantCulture);
        return time + Fraction(value.Nanos) + "Z";
    }

    /// <summary>Nanoseconds (0 to 999,999,999) as the fraction of a second, without trailing zeros; empty for none.</summary>
    public static string Fraction(long nanos) => nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
}
