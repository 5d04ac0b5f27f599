namespace Gateway.Cel.Patterns;

/// <summary>A character class by code points. Collects ranges.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;

    private readonly List<(int From, int To)> _ranges = [];

    public IReadOnlyList<(int From, int To)> Ranges => _ranges;

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

    private bool Has(int codePoint) => _ranges.Exists(range => range.From <= codePoint && codePoint <= range.To);

    private List<(int From, int To)> Sorted() => [.. _ranges.OrderBy(range => range.From)];
}
