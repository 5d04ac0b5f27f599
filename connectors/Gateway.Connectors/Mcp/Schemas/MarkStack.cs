using System.Buffers;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// Which members or items were looked at: a bit each, a run of words for every schema that is being applied and has somebody who asks. In
/// pooled memory, from the first run on.
/// </summary>
internal struct MarkStack : IDisposable
{
    private const int Bits = 64;

    private ulong[]? _words;
    private int _top;

    /// <summary>Begins a run without a mark.</summary>
    /// <returns>Where it is, to be given back.</returns>
    public int Push(int count, ref long steps)
    {
        var (start, length) = (_top, (count + Bits - 1) / Bits);
        steps -= 1 + length;
        _top += length;
        if (_words is null || _top > _words.Length)
        {
            var larger = ArrayPool<ulong>.Shared.Rent(Math.Max(64, _top * 2));
            _words?.AsSpan(0, start).CopyTo(larger);
            Dispose();
            (_words, _top) = (larger, start + length);
        }

        _words.AsSpan(start, length).Clear();
        return start;
    }

    /// <summary>Ends the innermost run, and takes its marks to an outer one, unless that is <see cref="SchemaWalk.NoMarks"/>.</summary>
    public void Pop(int run, int outer)
    {
        for (var i = run; i < _top && outer != SchemaWalk.NoMarks; i++)
        {
            _words![outer + i - run] |= _words[i];
        }

        _top = run;
    }

    public readonly void Mark(int run, int ordinal)
    {
        if (run != SchemaWalk.NoMarks)
        {
            _words![run + (ordinal / Bits)] |= 1UL << (ordinal % Bits);
        }
    }

    public readonly bool IsMarked(int run, int ordinal) =>
        run != SchemaWalk.NoMarks && (_words![run + (ordinal / Bits)] & (1UL << (ordinal % Bits))) != 0;

    public void Dispose()
    {
        if (_words is not null)
        {
            ArrayPool<ulong>.Shared.Return(_words);
        }

        (_words, _top) = (null, 0);
    }
}
