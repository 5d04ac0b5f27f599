namespace Gateway.Connectors.Redaction;

/// <summary>Whether digits are a payment card's number (ISO/IEC 7812).</summary>
internal static class CardNumber
{
    /// <param name="digits">Their values, 0 to 9.</param>
    public static bool IsOne(ReadOnlySpan<byte> digits) => HasIssuer(digits) && PassesLuhn(digits);

    /// <summary>Of a length and beginning that card schemes give.</summary>
    private static bool HasIssuer(ReadOnlySpan<byte> digits) =>
        digits.Length >= 12
        && digits[0] switch
        {
            2 => digits.Length == 16 && ((digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3]) is >= 2221 and <= 2720,
            3 => digits.Length is >= 14,
            4 => digits.Length is 13 or 16 or 19,
            5 or 6 => true,
            _ => false,
        };

    /// <summary>With the right check digit.</summary>
    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i];
            sum +=
                i % 2 == 0 ? digit
                : digit < 5 ? digit * 2
                : (digit * 2) - 9;
        }

        return sum % 10 == 0;
    }
}
