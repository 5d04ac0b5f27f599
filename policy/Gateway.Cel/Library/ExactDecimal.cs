using System.Globalization;
using System.Numerics;

namespace Gateway.Cel.Library;

/// <summary>
/// Doubles with a fixed number of digits, from their exact value and rounded half to even, as <c>%f</c> and <c>%e</c> want it; the base
/// library rounds half away from zero.
/// </summary>
internal static class ExactDecimal
{
    public static string Fixed(double value, int precision)
    {
        var (numerator, denominator) = ExactFraction.Of(Math.Abs(value));
        var digits = ExactFraction
            .Rounded(numerator * BigInteger.Pow(10, precision), denominator)
            .ToString(CultureInfo.InvariantCulture)
            .PadLeft(precision + 1, '0');
        return Sign(value) + digits[..^precision] + (precision > 0 ? "." + digits[^precision..] : "");
    }

    public static string Scientific(double value, int precision)
    {
        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var digits = Digits(value, precision, exponent);

        // The logarithm can be one off, and rounding can carry into a further digit.
        while (digits.Length > precision + 1)
        {
            digits = Digits(value, precision, ++exponent);
        }

        while (value != 0 && digits.Length < precision + 1)
        {
            digits = Digits(value, precision, --exponent);
        }

        var fraction = precision > 0 ? "." + digits.PadRight(precision + 1, '0')[1..] : "";
        var power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{Sign(value)}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
    }

    private static string Sign(double value) => double.IsNegative(value) ? "-" : "";

    private static string Digits(double value, int precision, int exponent)
    {
        var (numerator, denominator) = ExactFraction.Of(Math.Abs(value));
        var scale = precision - exponent;
        numerator *= scale > 0 ? BigInteger.Pow(10, scale) : 1;
        denominator *= scale < 0 ? BigInteger.Pow(10, -scale) : 1;
        return ExactFraction.Rounded(numerator, denominator).ToString(CultureInfo.InvariantCulture);
    }
}
