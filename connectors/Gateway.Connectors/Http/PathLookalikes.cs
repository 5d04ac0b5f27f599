using System.Text;

namespace Gateway.Connectors.Http;

/// <summary>
/// Finds characters that some systems turn into others. A full-width dot or slash is a plain one after compatibility normalisation
/// (NFKC); a division slash is one after a best-fit conversion to an older character set.
/// </summary>
public static class PathLookalikes
{
    private const string Dangerous = "/\\.;?#%";
    private const string BestFits = "\u2044\u2215\u2216\u29F5\u29F8"; // Slashes and backslashes of mathematics, which NFKC leaves alone.

    /// <summary>
    /// False without Unicode's tables, as where <c>DOTNET_SYSTEM_GLOBALIZATION_INVARIANT</c> is set: normalising then gives back what it
    /// got, and says nothing.
    /// </summary>
    public static bool CanDetect { get; } = "\uFF0F".Normalize(NormalizationForm.FormKC) == "/";

    /// <summary>What is wrong with a decoded path; null where nothing is.</summary>
    public static string? ProblemOf(string text)
    {
        if (Ascii.IsValid(text))
        {
            return null;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii && (Rune.IsControl(rune) || IsNoncharacter(rune.Value) || TurnsIntoSeparator(rune.ToString())))
            {
                return "has a character that can turn into a separator, a dot or a control character";
            }
        }

        return null;
    }

    // Normalising throws for these; they are no text anyway (Unicode section 23.7).
    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;

    private static bool TurnsIntoSeparator(string character) =>
        BestFits.Contains(character, StringComparison.Ordinal)
        || character.Normalize(NormalizationForm.FormKC).AsSpan().IndexOfAny(Dangerous) >= 0;
}
