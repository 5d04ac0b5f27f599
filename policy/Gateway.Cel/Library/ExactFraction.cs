using System.Numerics;

namespace Gateway.Cel.Library;

/// <summary>A double as the fraction that it exactly is, and a fraction rounded half to even.</summary>
internal static class ExactFraction
{
    private const int MantissaBits = 52;
    private const int Bias = 1075;

    public static (BigInteger Numerator, BigInteger Denominator) Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var stored = (int)(bits >> MantissaBits);
        var mantissa = bits & ((1L << MantissaBits) - 1) | (stored == 0 ? 0 : 1L << MantissaBits);
        var exponent = Math.Max(stored, 1) - Bias;
        return exponent >= 0 ? (new BigInteger(mantissa) << exponent, BigInteger.One) : (mantissa, BigInteger.One << -exponent);
    }

    public static BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
