using System.Globalization;

namespace Gateway.Cel.Patterns;

/// <summary>Characters beyond U+FFFF as UTF-16 has them, two places each.</summary>
internal static class SurrogatePairs
{
    private const int LastBmp = 0xFFFF;
    private const int FirstAstral = 0x10000;
    private const int PerHighSurrogate = 0x400;

    /// <summary>The ranges beyond U+FFFF, cut so that each has one high surrogate, or whole ones.</summary>
    public static List<string> Of(IEnumerable<(int From, int To)> ranges)
    {
        var pairs = new List<string>();
        foreach (var (from, to) in ranges.Where(range => range.To > LastBmp))
        {
            for (var at = Math.Max(from, FirstAstral); at <= to; )
            {
                var isWhole = (at - FirstAstral) % PerHighSurrogate == 0;
                var blocks = isWhole ? (to + 1 - at) / PerHighSurrogate : 0;
                var end = blocks > 0 ? at + (blocks * PerHighSurrogate) - 1 : Math.Min(to, at | (PerHighSurrogate - 1));
                pairs.Add($"[{High(at)}-{High(end)}][{Low(at)}-{Low(end)}]");
                at = end + 1;
            }
        }

        return pairs;
    }

    private static string High(int codePoint) => Escaped(0xD800 + ((codePoint - FirstAstral) / PerHighSurrogate));

    private static string Low(int codePoint) => Escaped(0xDC00 + ((codePoint - FirstAstral) % PerHighSurrogate));

    /// <summary>One place as an escape of a pattern.</summary>
    public static string Escaped(int unit) => "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
