using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>Doubles as text: the shortest digits that read back as the same number, in plain or in scientific form.</summary>
internal static class DoubleText
{
    private const int SmallestPlainExponent = -4;
    private const int LargestPlainExponent = 20;

    /// <summary>As <c>string(double)</c> writes it: scientific below 1e-4, and from 1e21 on as canonical JSON does (RFC 8785).</summary>
    public static string General(double value)
    {
        if (Special(value) is { } special)
        {
            return special;
        }

        var (sign, digits, exponent) = Split(value);
        return exponent is < SmallestPlainExponent or > LargestPlainExponent
            ? Scientific(sign, digits, exponent)
            : sign + Plain(digits, exponent);
    }

    /// <summary>As <c>%s</c> and <c>%d</c> write it: never scientific.</summary>
    public static string Plain(double value)
    {
        if (Special(value) is { } special)
        {
            return special;
        }

        var (sign, digits, exponent) = Split(value);
        return sign + Plain(digits, exponent);
    }

    /// <summary>The words for what isn't finite; null for what is.</summary>
    public static string? Special(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "Infinity"
        : double.IsNegativeInfinity(value) ? "-Infinity"
        : null;

    /// <summary>Digits without leading or trailing zeros; the first stands before the point, times ten to the exponent.</summary>
    private static (string Sign, string Digits, int Exponent) Split(double value)
    {
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = (parts[0] + ".").IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent =
            point - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return (double.IsNegative(value) ? "-" : "", digits.Length == 0 ? "0" : digits.TrimEnd('0'), digits.Length == 0 ? 0 : exponent);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits + new string('0', exponent + 1 - digits.Length)
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    private static string Scientific(string sign, string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        var power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
    }
}
