using System.Globalization;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>
/// Texts as a system sees them that doesn't look closely: without regard to case (Unicode's folding, compatibility forms included), to
/// characters that nobody sees, and, where asked for, to accents. What is ASCII costs no allocation.
/// </summary>
public static class LooseText
{
    private const string AnyI = "\u0130\u0131"; // Java and Turkish readers take both for an i.

    /// <summary>Whether two names in UTF-8 are one to such a system.</summary>
    public static bool AreAlike(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Ascii.EqualsIgnoreCase(one, other)
        || (
            !(Ascii.IsValid(one) && Ascii.IsValid(other))
            && (one.SequenceEqual(other) || Fold(Encoding.UTF8.GetString(one)) == Fold(Encoding.UTF8.GetString(other)))
        );

    public static bool AreAlike(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
        || (!(Ascii.IsValid(one) && Ascii.IsValid(other)) && Fold(one) == Fold(other));

    /// <summary>
    /// Whether a name could be a spelling of another one: alike, also without their underscores and hyphens, as mappers between
    /// <c>unit_price</c> and <c>unitPrice</c> have it.
    /// </summary>
    public static bool IsSpelling(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        Ascii.IsValid(name) && Ascii.IsValid(other) ? IsPlainSpelling(name, other) : IsPlainSpelling(Folded(name), Folded(other));

    /// <summary>Equal for all spellings of one name. No secret is in it: what is found by it has to be compared.</summary>
    public static ulong SpellingHash(ReadOnlySpan<byte> name)
    {
        var hash = 14695981039346656037UL; // FNV-1a.
        foreach (var letter in Ascii.IsValid(name) ? name : Folded(name))
        {
            if (letter is not ((byte)'_' or (byte)'-'))
            {
                hash = (hash ^ Lower(letter)) * 1099511628211UL;
            }
        }

        return hash;
    }

    /// <summary>One text for all that are alike: for texts that aren't ASCII, since it allocates.</summary>
    /// <param name="accents">Whether accents and other combining marks tell texts apart.</param>
    public static string Fold(string text, bool accents = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Normalised(text, accents).EnumerateRunes())
        {
            if (!IsUnseen(rune) && (accents || !IsMark(rune)))
            {
                Append(folded, rune);
            }
        }

        return Normalised(folded.ToString(), accents);
    }

    private static byte[] Folded(ReadOnlySpan<byte> name) => Encoding.UTF8.GetBytes(Fold(Encoding.UTF8.GetString(name)));

    private static bool IsPlainSpelling(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            i = Next(name, i);
            j = Next(other, j);
            if (i == name.Length || j == other.Length)
            {
                return i == name.Length && j == other.Length;
            }

            if (Lower(name[i++]) != Lower(other[j++]))
            {
                return false;
            }
        }
    }

    private static int Next(ReadOnlySpan<byte> name, int at)
    {
        while (at < name.Length && name[at] is (byte)'_' or (byte)'-')
        {
            at++;
        }

        return at;
    }

    private static byte Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.Value is 'ß' or 'ẞ')
        {
            folded.Append("ss");
        }
        else if (rune.IsBmp && AnyI.Contains((char)rune.Value, StringComparison.Ordinal))
        {
            folded.Append('i');
        }
        else
        {
            folded.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));
        }
    }

    /// <summary>Normalising throws for what is no character; that stays as it is.</summary>
    private static string Normalised(string text, bool accents)
    {
        try
        {
            return text.Normalize(accents ? NormalizationForm.FormKC : NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    /// <summary>What Unicode lets be ignored: joiners, marks of direction, selectors of variants, fillers.</summary>
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x3164
                or 0xFFA0
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0000 and <= 0xE0FFF);
}
