using System.Globalization;
using System.Text;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// Where a character that isn't seen by itself changes what is seen beside it: joiners in scripts that join and between emoji, the breaks
/// of scripts without blanks, the variants of emoji and of Mongolian letters. One at a time: a run of them could spell a hidden text.
/// </summary>
internal static class SeenContext
{
    private const int BlackFlag = 0x1F3F4;

    /// <summary>The flags of England, Scotland and Wales: the only ones that Unicode recommends of all that tags could spell.</summary>
    private static readonly byte[][] Flags = [.. new[] { "gbeng", "gbsct", "gbwls" }.Select(TagsOf)];

    /// <param name="rest">What follows the character.</param>
    public static bool Has(Rune previous, Rune rune, ReadOnlySpan<byte> rest)
    {
        _ = Rune.DecodeFromUtf8(rest, out var next, out _);
        return rune.Value switch
        {
            0x200B => IsUnspaced(previous.Value) && IsUnspaced(next.Value),
            0x200C => Joins(previous),
            0x200D => Joins(previous) || ((previous.Value == 0xFE0F || IsPictograph(previous.Value)) && IsPictograph(next.Value)),
            0xFE0E => IsPictograph(previous.Value),
            0xFE0F => IsPictograph(previous.Value) || (previous.Value is (>= '0' and <= '9') or '#' or '*' && next.Value == 0x20E3),
            >= 0x180B and <= 0x180F => previous.Value is >= 0x1820 and <= 0x18AA,
            _ => false,
        };
    }

    /// <summary>Of how many bytes behind a flag its tags are; 0 where none of those that mean a flag follow.</summary>
    public static int FlagLength(Rune rune, ReadOnlySpan<byte> rest)
    {
        if (rune.Value == BlackFlag)
        {
            foreach (var flag in Flags)
            {
                if (rest.StartsWith(flag))
                {
                    return flag.Length;
                }
            }
        }

        return 0;
    }

    private static byte[] TagsOf(string region) =>
        Encoding.UTF8.GetBytes(string.Concat(region.Select(letter => new Rune(0xE0000 + letter).ToString())) + new Rune(0xE007F));

    /// <summary>A letter, a mark or a digit of a script in which letters join: Arabic and its neighbours, those of India, Khmer and
    /// Mongolian among them. Persian and Urdu have the joiner in every other sentence.</summary>
    private static bool Joins(Rune rune) =>
        rune.Value
            is (>= 0x600 and <= 0x77F)
                or (>= 0x7C0 and <= 0x7FF)
                or (>= 0x840 and <= 0xDFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x18AF)
                or (>= 0x1B00 and <= 0x1B7F)
                or (>= 0xA8E0 and <= 0xA8FF)
                or (>= 0xFB50 and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x11000 and <= 0x1133F)
                or (>= 0x1E900 and <= 0x1E95F)
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.OtherLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber
        && rune.Value is not ((>= 0x180B and <= 0x180F) or 0x17B4 or 0x17B5);

    /// <summary>Thai, Lao, Burmese, Khmer and their neighbours, which part words by a blank of no width.</summary>
    private static bool IsUnspaced(int rune) =>
        rune
            is (>= 0xE00 and <= 0xEFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x1980 and <= 0x1AAF)
                or (>= 0xA980 and <= 0xA9FF)
                or (>= 0xAA60 and <= 0xAA7F);

    /// <summary>What has a form as emoji, or will: Unicode's Extended_Pictographic, in ranges somewhat wider.</summary>
    private static bool IsPictograph(int rune) =>
        rune
            is 0xA9
                or 0xAE
                or 0x203C
                or 0x2049
                or 0x2122
                or 0x2139
                or (>= 0x2190 and <= 0x21FF)
                or (>= 0x2300 and <= 0x23FF)
                or 0x24C2
                or (>= 0x25A0 and <= 0x27BF)
                or 0x2934
                or 0x2935
                or (>= 0x2B00 and <= 0x2BFF)
                or 0x3030
                or 0x303D
                or 0x3297
                or 0x3299
                or (>= 0x1F000 and <= 0x1FAFF);
}
