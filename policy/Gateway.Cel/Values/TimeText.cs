using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>Instants as text (RFC 3339).</summary>
internal static class TimeText
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsLength = 19;
    private const int OffsetLength = 6;
    private const int SecondsPerMinute = 60;
    private const int NanoDigits = 9;

    /// <summary>Null for anything but a full RFC 3339 instant in the years 1 to 9999, with at most nine digits of a second.</summary>
    public static CelTimestamp? TryParse(string text)
    {
        var offsetLength = text.EndsWith('Z') ? 1 : OffsetLength;
        if (
            text.Length < SecondsLength + offsetLength
            || Offset(text.AsSpan(text.Length - offsetLength)) is not { } offset
            || Nanos(text.AsSpan(SecondsLength, text.Length - offsetLength - SecondsLength)) is not { } nanos
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

    /// <summary>A point and one to nine digits, or nothing.</summary>
    private static int? Nanos(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        Span<char> digits = stackalloc char[NanoDigits];
        digits.Fill('0');
        if (text[0] != '.' || text.Length is 1 or > NanoDigits + 1 || text[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        text[1..].CopyTo(digits);
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>In seconds: <c>Z</c>, or a sign, hours and minutes.</summary>
    private static int? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z")
        {
            return 0;
        }

        if (
            text[0] is not ('+' or '-')
            || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23
            || minutes > 59
        )
        {
            return null;
        }

        var seconds = ((hours * SecondsPerMinute) + minutes) * SecondsPerMinute;
        return text[0] == '-' ? -seconds : seconds;
    }
}
