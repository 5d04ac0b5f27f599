using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// Puts ASCII in place of what reads the same: wide, raised, circled and mathematical letters and digits, the digits of every script, the
/// many blanks, hyphens and dots; and nothing in place of what isn't seen. What Unicode's NFKC does to letters with marks is left alone: no
/// pattern has any.
/// </summary>
internal static class LookAlikes
{
    /// <summary>As they are.</summary>
    private const int Same = -1;

    /// <summary>Left out.</summary>
    private const int Unseen = 0;

    /// <summary>First bytes of all of them. Most letters outside ASCII begin with another.</summary>
    private static readonly SearchValues<byte> Leads = SearchValues.Create([
        0xC2,
        0xCD,
        0xD8,
        0xD9,
        0xDB,
        0xDF,
        0xE0,
        0xE1,
        0xE2,
        0xE3,
        0xEA,
        0xEF,
        0xF0,
        0xF3,
    ]);

    public static bool MayBeIn(ReadOnlySpan<byte> text) => text.ContainsAny(Leads);

    /// <summary>In place, in time linear in the length.</summary>
    /// <param name="origins">For each byte where it comes from, moved along.</param>
    /// <returns>The new length. The same length is the same text.</returns>
    public static int Fold(Span<byte> text, Span<int> origins)
    {
        var written = 0;
        for (var at = 0; at < text.Length; )
        {
            var run = text[at..].IndexOfAny(Leads);
            run = run < 0 ? text.Length - at : run;
            var isRune = Rune.DecodeFromUtf8(text[(at + run)..], out var rune, out var length) == OperationStatus.Done;
            var plain = isRune && run + at < text.Length ? Of(rune) : Same;
            run += plain == Same ? length : 0;
            EscapedText.Move(text, origins, at, run, written);
            (at, written) = (at + run, written + run);
            if (plain != Same)
            {
                (text[written], origins[written]) = ((byte)plain, origins[at]);
                (at, written) = (at + length, written + (plain == Unseen ? 0 : 1));
            }
        }

        return written;
    }

    private static int Of(Rune rune) =>
        rune.Value switch
        {
            0xAD or 0x34F or 0x61C or 0x180E or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) => Unseen,
            (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0000 and <= 0xE01EF) => Unseen,
            0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000 => ' ',
            0x85 or 0x2028 or 0x2029 => '\n',
            (>= 0x2010 and <= 0x2015) or 0x2043 or 0x2212 or 0xFE58 or 0xFE63 => '-',
            0xB7 or 0x2022 or 0x2024 or 0x2027 or 0x2219 or 0x22C5 or 0x30FB or 0xFE52 => '.',
            0xFE6B => '@',
            0xFF3F or 0xFE4D or 0xFE4E or 0xFE4F => '_',
            >= 0xFF01 and <= 0xFF5E and var wide => wide - 0xFF01 + '!',
            >= 0x24B6 and <= 0x24CF and var circled => circled - 0x24B6 + 'A',
            >= 0x24D0 and <= 0x24E9 and var circled => circled - 0x24D0 + 'a',
            >= 0x1D400 and <= 0x1D6A3 and var letter => (letter - 0x1D400) % 52 is < 26 and var capital
                ? capital + 'A'
                : ((letter - 0x1D400) % 52) - 26 + 'a',
            _ => Digit(rune),
        };

    /// <summary>Of any script, and raised, lowered or in a circle.</summary>
    private static int Digit(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber
        && Rune.GetNumericValue(rune) is >= 0 and <= 9 and var value
        && value == (int)value
            ? '0' + (int)value
            : Same;
}
