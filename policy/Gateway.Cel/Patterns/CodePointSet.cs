using System.Globalization;
using System.Text;

namespace Gateway.Cel.Patterns;

/// <summary>
/// A character class by code points, written as a pattern over UTF-16, where a character beyond U+FFFF is two places. Collects ranges; not
/// reusable after it is written.
/// </summary>
internal sealed class CodePointSet
{
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;
    private const int LastBmp = 0xFFFF;
    private const int Last = 0x10FFFF;
    private const int FirstAstral = 0x10000;
    private const int PerHighSurrogate = 0x400;

    /// <summary>A class that no character is in.</summary>
    private const string Nothing = @"[^\u0000-\uFFFF]";

    private readonly List<(int From, int To)> _ranges = [];

    public void Add(int from, int to) => _ranges.Add((from, to));

    public void AddAll(CodePointSet other) => _ranges.AddRange(other._ranges);

    /// <summary>Everything but these.</summary>
    public void AddAllBut(CodePointSet other)
    {
        var next = 0;
        foreach (var (from, to) in other.Sorted())
        {
            if (from > next)
            {
                Add(next, from - 1);
            }

            next = Math.Max(next, to + 1);
        }

        if (next <= Last)
        {
            Add(next, Last);
        }
    }

    /// <summary>
    /// Two letters have a twin outside ASCII that RE2 folds them with and the base library doesn't: the Kelvin sign and the long s.
    /// </summary>
    public void AddCaseVariants()
    {
        if (Has('k') || Has('K'))
        {
            Add('\u212A', '\u212A');
        }

        if (Has('s') || Has('S'))
        {
            Add('\u017F', '\u017F');
        }
    }

    public string Write(bool isNegated)
    {
        var bmp = new StringBuilder();
        foreach (var (from, to) in _ranges)
        {
            // Halves of pairs are no characters: a range across them is two.
            Append(bmp, from, Math.Min(to, FirstSurrogate - 1));
            Append(bmp, Math.Max(from, LastSurrogate + 1), Math.Min(to, LastBmp));
        }

        var astral = new CodePointSet();
        if (isNegated)
        {
            astral.AddAllBut(this);
        }

        var pairs = (isNegated ? astral : this).Pairs();
        var single =
            isNegated ? $@"[^{bmp}\uD800-\uDFFF]"
            : bmp.Length > 0 ? $"[{bmp}]"
            : "";
        var parts = new[] { single }.Concat(pairs).Where(part => part.Length > 0).ToList();
        return parts.Count > 0 ? $"(?:{string.Join('|', parts)})" : Nothing;
    }

    private static void Append(StringBuilder text, int from, int to) => text.Append(from <= to ? $"{Escaped(from)}-{Escaped(to)}" : "");

    private bool Has(int codePoint) => _ranges.Exists(range => range.From <= codePoint && codePoint <= range.To);

    private List<(int From, int To)> Sorted() => [.. _ranges.OrderBy(range => range.From)];

    /// <summary>The ranges beyond U+FFFF, cut so that each has one high surrogate, or whole ones.</summary>
    private List<string> Pairs()
    {
        var pairs = new List<string>();
        foreach (var (from, to) in _ranges.Where(range => range.To > LastBmp))
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

    private static string Escaped(int unit) => "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
