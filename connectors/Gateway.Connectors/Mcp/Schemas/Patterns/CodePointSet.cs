namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>Which characters one place of a pattern takes: code points without surrogates, which no checked text has. Immutable.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;

    private readonly (int From, int To)[] _ranges; // Sorted, and none touches another.
    private readonly UInt128 _ascii; // Bit n for code point n: most texts never get to the ranges.

    public CodePointSet(IEnumerable<(int From, int To)> ranges)
    {
        _ranges = Join(ranges);
        foreach (var (from, to) in _ranges)
        {
            for (var c = from; c <= Math.Min(to, 0x7F); c++)
            {
                _ascii |= UInt128.One << c;
            }
        }
    }

    public IReadOnlyList<(int From, int To)> Ranges => _ranges;

    public bool Has(int codePoint)
    {
        if (codePoint < 0x80)
        {
            return ((_ascii >> codePoint) & 1) != 0;
        }

        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (codePoint > _ranges[middle].To)
            {
                low = middle + 1;
            }
            else if (codePoint < _ranges[middle].From)
            {
                high = middle - 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Everything else.</summary>
    public CodePointSet Complement()
    {
        var (others, next) = (new List<(int, int)>(), 0);
        foreach (var (from, to) in _ranges)
        {
            if (from > next)
            {
                others.Add((next, from - 1));
            }

            next = to + 1;
        }

        if (next <= Last)
        {
            others.Add((next, Last));
        }

        return new CodePointSet(others);
    }

    private static (int From, int To)[] Join(IEnumerable<(int From, int To)> ranges)
    {
        var joined = new List<(int From, int To)>();
        foreach (var (from, to) in ranges.Order())
        {
            if (joined.Count > 0 && from <= joined[^1].To + 1)
            {
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, to));
            }
            else
            {
                joined.Add((from, to));
            }
        }

        return [.. joined];
    }
}
