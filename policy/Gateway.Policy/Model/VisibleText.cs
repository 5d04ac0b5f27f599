using System.Globalization;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>Text that somebody else wrote, as people may be shown it: what would hide or turn round what it says is spelt out.</summary>
public static class VisibleText
{
    private static readonly UnicodeCategory[] Unseen =
    [
        UnicodeCategory.Control,
        UnicodeCategory.Format,
        UnicodeCategory.LineSeparator,
        UnicodeCategory.ParagraphSeparator,
        UnicodeCategory.Surrogate,
        UnicodeCategory.PrivateUse,
        UnicodeCategory.OtherNotAssigned,
    ];

    /// <summary>
    /// One line, with each character that isn't seen, or that a terminal or a reader of mail obeys, as <c>\u{…}</c>. Half a character is
    /// U+FFFD.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Array.IndexOf(Unseen, Rune.GetUnicodeCategory(rune)) >= 0)
            {
                shown.Append("\\u{").Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('}');
            }
            else
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }
}
