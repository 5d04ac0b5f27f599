using System.Globalization;
using System.Numerics;

namespace Gateway.Cel.Library;

/// <summary>
/// Doubles with a fixed number of digits, from their exact value and rounded half to even, as <c>%f</c> and <c>%e</c> want it; the base
/// library rounds half away from zero.
/// </summary>
internal static class ExactDecimal
{
    private const int MantissaBits = 52;
    private const int Bias = 1075;

    public static string Fixed(double value, int precision)
    {
        var (numerator, denominator) = Fraction(Math.Abs(value));
        var digits = Rounded(numerator * BigInteger.Pow(10, precision), denominator)
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
        var (numerator, denominator) = Fraction(Math.Abs(value));
        var scale = precision - exponent;
        numerator *= scale > 0 ? BigInteger.Pow(10, scale) : 1;
        denominator *= scale < 0 ? BigInteger.Pow(10, -scale) : 1;
        return Rounded(numerator, denominator).ToString(CultureInfo.InvariantCulture);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var stored = (int)(bits >> MantissaBits);
        var mantissa = bits & ((1L << MantissaBits) - 1) | (stored == 0 ? 0 : 1L << MantissaBits);
        var exponent = Math.Max(stored, 1) - Bias;
        return exponent >= 0 ? (new BigInteger(mantissa) << exponent, BigInteger.One) : (mantissa, BigInteger.One << -exponent);
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
