using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>Spans of time as text: <c>1h45m47s</c>, <c>-1.5s</c>, <c>250ms</c>.</summary>
internal static class DurationText
{
    /// <summary>Null for anything but numbers with units, and for a span beyond about 292 years.</summary>
    public static CelDuration? TryParse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = negative || rest.StartsWith("+") ? rest[1..] : rest;
        if (rest is "0")
        {
            return default(CelDuration);
        }

        Int128 total = 0;
        do
        {
            if (!DurationTerm.TryAdd(ref rest, ref total))
            {
                return null;
            }
        } while (rest.Length > 0);

        total = negative ? -total : total;
        return total >= long.MinValue && total <= long.MaxValue ? new CelDuration((long)total) : null;
    }

    /// <summary>Seconds, with as many digits of a fraction as needed: <c>6347s</c>, <c>-0.5s</c>.</summary>
    public static string Write(CelDuration value)
    {
        var nanos = UInt128.CreateChecked(Int128.Abs(value.Nanos));
        var seconds = (ulong)(nanos / CelDuration.NanosPerSecond);
        var sign = value.Nanos < 0 ? "-" : "";
        return sign + seconds.ToString(CultureInfo.InvariantCulture) + TimeText.Fraction((long)(nanos % CelDuration.NanosPerSecond)) + "s";
    }
}
