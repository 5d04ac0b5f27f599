using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// Finds what a model reads and people don't see: control characters, marks of direction, blanks of no width, tags, selectors of variants,
/// fillers, private and unassigned characters. What a language or an emoji can't be written without passes, where it stands as that
/// language or emoji has it (<see cref="SeenContext"/>), and nowhere else.
/// </summary>
/// <remarks>
/// Marks of direction, soft hyphens and the selectors of ideographs are refused on purpose: some texts look better with them, all can be
/// read without, and each is a way to hide text.
/// </remarks>
public static class HiddenText
{
    /// <param name="utf8">Text as it is read, without escapes.</param>
    /// <param name="isName">Of a name tabs and line ends are hidden too.</param>
    public static bool IsIn(ReadOnlySpan<byte> utf8, bool isName)
    {
        var previous = new Rune(' ');
        while (utf8.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var plain and >= 0)
        {
            previous = plain > 0 ? new Rune((char)utf8[plain - 1]) : previous;
            utf8 = utf8[plain..];
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != OperationStatus.Done)
            {
                return true;
            }

            utf8 = utf8[length..];
            if (!IsSeen(rune, isName) && !SeenContext.Has(previous, rune, utf8))
            {
                return true;
            }

            utf8 = utf8[SeenContext.FlagLength(rune, utf8)..];
            previous = rune;
        }

        return false;
    }

    private static bool IsSeen(Rune rune, bool isName) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => !isName && rune.Value is '\t' or '\n' or '\r',
            UnicodeCategory.Format => IsSeenFormat(rune.Value),
            UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => false,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
            UnicodeCategory.OtherNotAssigned => IsFutureEmoji(rune.Value),
            _ => !IsBlank(rune.Value),
        };

    /// <summary>Signs that stand round numbers in Arabic, Syriac and Kaithi. They are Unicode's only format characters that are
    /// seen.</summary>
    private static bool IsSeenFormat(int rune) =>
        rune is (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD;

    /// <summary>A block where each version of Unicode has new ones, which servers use before this program knows them.</summary>
    private static bool IsFutureEmoji(int rune) => rune is >= 0x1F000 and <= 0x1FAFF;

    /// <summary>Letters and marks in name only: joiners and fillers that show nothing, and all selectors.</summary>
    private static bool IsBlank(int rune) =>
        rune
            is 0x34F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or 0x1D159
                or (>= 0xE0000 and <= 0xE0FFF);
}
