using System.Globalization;
using System.Text;

namespace Gateway.Cli.Results;

/// <summary>
/// Text as a terminal may get it. What is shown comes from anywhere, such as a stranger's pack: a control character in it could move the
/// cursor and write another answer over ours, a mark of direction turn it round. Both are shown as JSON writes them.
/// </summary>
internal static class Printable
{
    /// <summary>One line, whatever is in the text.</summary>
    public static string Line(string text) => Of(text, lineFeeds: false);

    /// <summary>Of several lines.</summary>
    public static string Lines(string text) => Of(text, lineFeeds: true);

    private static string Of(string text, bool lineFeeds)
    {
        if (!text.Any(c => IsHidden(c, lineFeeds)))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = IsHidden(c, lineFeeds) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : shown.Append(c);
        }

        return shown.ToString();
    }

    private static bool IsHidden(char c, bool lineFeeds) =>
        (char.IsControl(c) && c != '\t' && !(lineFeeds && c == '\n'))
        || c is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
