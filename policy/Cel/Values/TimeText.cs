using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Policy.Cel.Values;

/// <summary>Instants as text (RFC 3339).</summary>
internal static class TimeText
{
    // Not generated at build: that code reads a default time-out from the process, and this library reads nothing.
    private static readonly Regex Instant = new(@"\A(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))\z", RegexOptions.CultureInvariant);

    private const int SecondsPerMinute = 60;
    private const int NanoDigits = 9;

    /// <summary>Null for anything but a full RFC 3339 instant in the years 1 to 9999, with at most nine digits of a second.</summary>
    public static CelTimestamp? TryParse(string text)
    {
        var match = Instant.Match(text);
        if (!match.Success || !DateTime.TryParseExact(match.Groups["time"].Value, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var local) || Offset(match) is not { } offset)
        {
            return null;
        }

        var seconds = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        var fraction = match.Groups["fraction"].Value.PadRight(NanoDigits, '0');
        var result = new CelTimestamp(seconds, int.Parse(fraction, CultureInfo.InvariantCulture));
        return result.IsInRange ? result : null;
    }

    public static string Write(CelTimestamp value)
    {
        var time = new CelTimestamp(value.Seconds, 0).ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return time + Fraction(value.Nanos) + "Z";
    }

    /// <summary>Nanoseconds (0 to 999,999,999) as the fraction of a second, without trailing zeros; empty for none.</summary>
    public static string Fraction(long nanos) =>
        nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    private static int? Offset(Match match)
    {
        if (match.Groups["sign"].Value.Length == 0)
        {
            return 0;
        }

        var (hours, minutes) = (int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture));
        var seconds = ((hours * SecondsPerMinute) + minutes) * SecondsPerMinute;
        return hours > 23 || minutes > 59 ? null : match.Groups["sign"].Value == "-" ? -seconds : seconds;
    }
}
