using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>Spans of time as text: <c>1h45m47s</c>, <c>-1.5s</c>, <c>250ms</c>.</summary>
internal static class DurationText
{
    private const int MaxDigits = 18;

    private static readonly (string Name, long Nanos)[] Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];

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
            if (!TryTerm(ref rest, ref total))
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

    /// <summary>One number with its unit.</summary>
    private static bool TryTerm(ref ReadOnlySpan<char> rest, ref Int128 total)
    {
        var whole = rest[..Digits(rest)];
        rest = rest[whole.Length..];
        var hasPoint = rest.StartsWith(".");
        rest = hasPoint ? rest[1..] : rest;
        var fraction = hasPoint ? rest[..Digits(rest)] : [];
        rest = rest[fraction.Length..];

        var unit = Unit(ref rest);
        if (unit == 0 || whole.Length + fraction.Length == 0 || whole.Length > MaxDigits)
        {
            return false;
        }

        total += (Number(whole) * unit) + Fraction(fraction, unit);
        return total <= UInt64MaxAsLimit;
    }

    /// <summary>Anything beyond is out of range whatever its sign, and stays far from overflowing the sum.</summary>
    private static Int128 UInt64MaxAsLimit => ulong.MaxValue;

    private static int Digits(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? rest.Length : end;
    }

    /// <summary>
    /// The unit's length in nanoseconds; 0 where there is none. A unit ends at a digit, so that "m" isn't taken from "ms".
    /// </summary>
    private static long Unit(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyInRange('.', '9');
        var name = end < 0 ? rest : rest[..end];
        foreach (var (known, nanos) in Units)
        {
            if (name.SequenceEqual(known))
            {
                rest = rest[name.Length..];
                return nanos;
            }
        }

        return 0;
    }

    private static Int128 Number(ReadOnlySpan<char> digits) => digits.IsEmpty ? 0 : long.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>What lies below a nanosecond is cut off.</summary>
    private static Int128 Fraction(ReadOnlySpan<char> digits, long unit)
    {
        var kept = digits[..Math.Min(digits.Length, MaxDigits)];
        Int128 scale = 1;
        for (var i = 0; i < kept.Length; i++)
        {
            scale *= 10;
        }

        return Number(kept) * unit / scale;
    }
}
