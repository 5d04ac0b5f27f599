using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>Collects what each part of an expression gave, in the order in which they were begun.</summary>
internal sealed class TraceBuilder(string text)
{
    private readonly List<CelTraceEntry> _entries = [];
    private int _depth;

    public bool IsCut { get; private set; }

    public IReadOnlyList<CelTraceEntry> Entries => _entries;

    /// <summary>Its place in the list; -1 when the list is full.</summary>
    public int Begin(TextRange range)
    {
        IsCut |= _entries.Count >= CelTrace.MaxEntries;
        if (IsCut)
        {
            _depth++;
            return -1;
        }

        _entries.Add(new CelTraceEntry(range, text.Substring(range.Start, range.Length), _depth++, default));
        return _entries.Count - 1;
    }

    public void End(int place, in CelValue value)
    {
        _depth--;
        if (place >= 0)
        {
            _entries[place] = _entries[place] with { Value = value };
        }
    }
}
