using Gateway.Cel.Evaluation;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>
/// How an expression came to its result: each part that was evaluated, outer parts before the inner ones. It shows data of the request.
/// </summary>
/// <param name="IsCut">There were more parts than are kept.</param>
public sealed record CelTrace(CelResult Result, IReadOnlyList<CelTraceEntry> Entries, bool IsCut)
{
    /// <value>The most entries that are kept.</value>
    public const int MaxEntries = 1000;

    /// <summary>Shows the outcome only.</summary>
    public override string ToString() => $"{Entries.Count} entries";
}

/// <summary>What a part of an expression gave. In a macro a part appears once for each time it was evaluated.</summary>
/// <param name="Range">Where the part stands in the text.</param>
/// <param name="Depth">How many parts it lies inside; 0 for the whole expression.</param>
/// <param name="Value">A value or an error; <see cref="ValueText"/> shows it.</param>
public sealed record CelTraceEntry(TextRange Range, string Text, int Depth, CelValue Value);

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
