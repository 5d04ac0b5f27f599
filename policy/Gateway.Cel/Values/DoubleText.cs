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

        var (sign, digits, exponent) = DecimalDigits.Split(value);
        return exponent is < SmallestPlainExponent or > LargestPlainExponent
            ? DecimalDigits.Scientific(sign, digits, exponent)
            : sign + DecimalDigits.Plain(digits, exponent);
    }

    /// <summary>As <c>%s</c> and <c>%d</c> write it: never scientific.</summary>
    public static string Plain(double value)
    {
        if (Special(value) is { } special)
        {
            return special;
        }

        var (sign, digits, exponent) = DecimalDigits.Split(value);
        return sign + DecimalDigits.Plain(digits, exponent);
    }

    /// <summary>The words for what isn't finite; null for what is.</summary>
    public static string? Special(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "Infinity"
        : double.IsNegativeInfinity(value) ? "-Infinity"
        : null;
}
