using System.Text;

namespace Gateway.Cel.Patterns;

/// <summary>A character class as a pattern over UTF-16, where a character beyond U+FFFF is two places.</summary>
internal static class Utf16Class
{
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;
    private const int LastBmp = 0xFFFF;

    /// <summary>A class that no character is in.</summary>
    private const string Nothing = @"[^\u0000-\uFFFF]";

    public static string Write(CodePointSet set, bool isNegated)
    {
        var bmp = new StringBuilder();
        foreach (var (from, to) in set.Ranges)
        {
            // Halves of pairs are no characters: a range across them is two.
            Append(bmp, from, Math.Min(to, FirstSurrogate - 1));
            Append(bmp, Math.Max(from, LastSurrogate + 1), Math.Min(to, LastBmp));
        }

        var astral = new CodePointSet();
        if (isNegated)
        {
            astral.AddAllBut(set);
        }

        var pairs = SurrogatePairs.Of((isNegated ? astral : set).Ranges);
        var single =
            isNegated ? $@"[^{bmp}\uD800-\uDFFF]"
            : bmp.Length > 0 ? $"[{bmp}]"
            : "";
        var parts = new[] { single }.Concat(pairs).Where(part => part.Length > 0).ToList();
        return parts.Count > 0 ? $"(?:{string.Join('|', parts)})" : Nothing;
    }

    private static void Append(StringBuilder text, int from, int to) =>
        text.Append(from <= to ? $"{SurrogatePairs.Escaped(from)}-{SurrogatePairs.Escaped(to)}" : "");
}
