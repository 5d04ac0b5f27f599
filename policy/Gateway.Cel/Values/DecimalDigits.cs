using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>The shortest digits of a double that read back as the same number, and the two forms in which they are written.</summary>
internal static class DecimalDigits
{
    /// <summary>Digits without leading or trailing zeros; the first stands before the point, times ten to the exponent.</summary>
    public static (string Sign, string Digits, int Exponent) Split(double value)
    {
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = (parts[0] + ".").IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent =
            point - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return (double.IsNegative(value) ? "-" : "", digits.Length == 0 ? "0" : digits.TrimEnd('0'), digits.Length == 0 ? 0 : exponent);
    }

    public static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits + new string('0', exponent + 1 - digits.Length)
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    public static string Scientific(string sign, string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        var power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
    }
}
