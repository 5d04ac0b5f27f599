using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>The names that a signature covers. A view of the field's text and of the caller's room.</summary>
internal readonly ref struct CoveredComponents
{
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<Range> _names;

    private CoveredComponents(ReadOnlySpan<char> text, ReadOnlySpan<Range> names)
    {
        _text = text;
        _names = names;
    }

    /// <summary>
    /// Reads the list. False for one that is malformed, too long, names a component twice, or has a component with a parameter: each
    /// parameter changes what is covered, and the profile needs none.
    /// </summary>
    /// <param name="text">What the reader reads.</param>
    /// <param name="room">As many as are accepted.</param>
    public static bool TryRead(ref StructuredFieldReader reader, ReadOnlySpan<char> text, Span<Range> room, out CoveredComponents covered)
    {
        covered = default;
        if (!reader.TryOpenInnerList())
        {
            return false;
        }

        var seen = new SeenNames(text, room);
        for (var count = 0; ; count++)
        {
            var step = Component.Next(ref reader, text, count == 0, out var component);
            if (step != ReadStep.Found)
            {
                covered = new CoveredComponents(text, room[..count]);
                return step == ReadStep.End;
            }

            if (!component.IsPlain || !seen.TryAdd(component.Span))
            {
                return false;
            }
        }
    }

    /// <param name="name">In lower case, without quotes.</param>
    public bool Contains(ReadOnlySpan<char> name)
    {
        foreach (var range in _names)
        {
            if (_text[range][1..^1].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
