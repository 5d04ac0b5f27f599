namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>
/// The names seen so far in one list, to refuse the second of two equal ones. RFC 8941 section 3.2 lets the last one win; two readers
/// that disagree on that would read two different requests, so here neither wins.
/// </summary>
/// <param name="text">The text that the names are slices of.</param>
/// <param name="room">Where they are noted; its length is the most names that are accepted.</param>
internal ref struct SeenNames(ReadOnlySpan<char> text, Span<Range> room)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<Range> _room = room;
    private int _count;

    /// <summary>False for a name seen before, and for one too many.</summary>
    public bool TryAdd(Range name)
    {
        if (_count == _room.Length)
        {
            return false;
        }

        var candidate = _text[name];
        foreach (var seen in _room[.._count])
        {
            if (_text[seen].SequenceEqual(candidate))
            {
                return false;
            }
        }

        _room[_count++] = name;
        return true;
    }
}
