namespace Gateway.Policy.Canonical;

/// <summary>
/// The order of member names in canonical JSON: by UTF-16 code units (RFC 8785 section 3.2.3), compared without leaving UTF-8. It differs
/// from the order of bytes only where a character beyond U+FFFF, which UTF-16 writes with surrogates, meets one from U+E000 to U+FFFF.
/// </summary>
internal static class Utf16Order
{
    /// <summary>Compares two texts of valid UTF-8.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        return Rank(left[common]) - Rank(right[common]);
    }

    /// <summary>A lead byte of four (0xF0 and up) stands for a surrogate, which sorts before U+E000, whose lead byte is 0xEE.</summary>
    private static int Rank(byte lead) =>
        lead switch
        {
            >= 0xF0 => lead - 2,
            >= 0xEE => lead + 0x10,
            _ => lead,
        };
}
