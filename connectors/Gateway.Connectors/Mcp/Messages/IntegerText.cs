namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Integers by value: <c>42</c>, <c>42.0</c> and <c>4.2e1</c> are one (2026-07-28, streamable-http, "Server Validation"). Exact: no digit
/// is rounded away, since a rounded number would agree with another one. Only those that a double holds exactly.
/// </summary>
internal static class IntegerText
{
    private const int Longest = 64;
    private const long Largest = (1L << 53) - 1;

    /// <summary>The integer that a decimal number is; false for anything else, for a fraction, and beyond 2^53-1.</summary>
    /// <param name="text">A number as JSON writes it (RFC 8259 section 6).</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var isNegative = text.StartsWith("-"u8);
        var rest = isNegative ? text[1..] : text;
        if (text.Length > Longest || !TrySplit(rest, out var whole, out var fraction, out var exponent))
        {
            return false;
        }

        fraction = fraction.TrimEnd((byte)'0');
        Span<byte> digits = stackalloc byte[Longest];
        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        var significant = digits[..(whole.Length + fraction.Length)].TrimStart((byte)'0');
        var scale = exponent - fraction.Length;
        while (scale < 0 && significant.EndsWith("0"u8))
        {
            significant = significant[..^1];
            scale++;
        }

        if (!significant.IsEmpty && !TryScale(significant, scale, out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        return true;
    }

    private static bool TryScale(ReadOnlySpan<byte> digits, int scale, out long value)
    {
        value = 0;
        if (scale < 0 || digits.Length + scale > 16)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        for (var i = 0; i < scale; i++)
        {
            value *= 10;
        }

        return value <= Largest;
    }

    private static bool TrySplit(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction, out int exponent)
    {
        fraction = default;
        exponent = 0;
        var mantissa = text;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            mantissa = text[..e];
            if (!TryReadExponent(text[(e + 1)..], out exponent))
            {
                whole = default;
                return false;
            }
        }

        var point = mantissa.IndexOf((byte)'.');
        whole = point < 0 ? mantissa : mantissa[..point];
        fraction = point < 0 ? default : mantissa[(point + 1)..];
        return AreDigits(whole) && (whole.Length == 1 || whole[0] != (byte)'0') && (point < 0 || AreDigits(fraction));
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var isNegative = text.StartsWith("-"u8);
        var digits = isNegative || text.StartsWith("+"u8) ? text[1..] : text;
        if (!AreDigits(digits) || digits.Length > 3)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            exponent = (exponent * 10) + (digit - '0');
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
