using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>One number with its unit, in nanoseconds.</summary>
internal static class DurationTerm
{
    private const int MaxDigits = 18;

    /// <summary>Adds what the text begins with to the total, and moves past it.</summary>
    public static bool TryAdd(ref ReadOnlySpan<char> rest, ref Int128 total)
    {
        var whole = rest[..Digits(rest)];
        rest = rest[whole.Length..];
        var hasPoint = rest.StartsWith(".");
        rest = hasPoint ? rest[1..] : rest;
        var fraction = hasPoint ? rest[..Digits(rest)] : [];
        rest = rest[fraction.Length..];

        var unit = DurationUnits.Take(ref rest);
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
