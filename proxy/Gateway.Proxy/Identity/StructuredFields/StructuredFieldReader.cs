namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>
/// Reads the part of RFC 8941 that signatures and digests use: dictionaries, inner lists, parameters and bare items. Works on slices of
/// the given text, allocates nothing and never throws; whatever does not fit the grammar is malformed. Dates and display strings
/// (RFC 9651) are not part of RFC 9421 and are malformed too.
/// </summary>
/// <param name="text">One field value; several lines of a field are joined with a comma by the caller.</param>
internal ref partial struct StructuredFieldReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private bool _started;

    /// <summary>Where the next character is read, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// False once something was read, of the member that is read now, that RFC 8941 section 4.1 would write differently. While it is true,
    /// a slice of the member's text is its own serialisation.
    /// </summary>
    public bool IsCanonical { get; private set; } = true;

    public readonly bool AtEnd => Position == _text.Length;

    /// <summary>Goes to the next member of a dictionary and reads its key; the value is the caller's to read.</summary>
    public ReadStep NextMember(out Range key)
    {
        key = default;
        if (!_started)
        {
            _started = true;
            SkipSpaces();
            return AtEnd ? ReadStep.End : ReadMemberKey(out key);
        }

        SkipOptionalWhitespace();
        if (AtEnd)
        {
            return ReadStep.End;
        }

        if (!TryTake(','))
        {
            return ReadStep.Malformed;
        }

        SkipOptionalWhitespace();
        return ReadMemberKey(out key);
    }

    /// <summary>Takes the sign before a member's value, where one must follow.</summary>
    public bool TryTakeEquals() => TryTake('=');

    /// <summary>Reads the next parameter of an item or inner list. A parameter without a value is the boolean true.</summary>
    public ReadStep NextParameter(out Range key, out BareItem value)
    {
        key = default;
        value = default;
        if (!TryTake(';'))
        {
            return ReadStep.End;
        }

        IsCanonical &= SkipSpaces() == 0;
        if (!TryReadKey(out key))
        {
            return ReadStep.Malformed;
        }

        if (!TryTake('='))
        {
            value = new BareItem(BareItemKind.Boolean, "?1", 1);
            return ReadStep.Found;
        }

        if (!TryReadBareItem(out value))
        {
            return ReadStep.Malformed;
        }

        IsCanonical &= value is not { Kind: BareItemKind.Boolean, Integer: 1 };
        return ReadStep.Found;
    }

    /// <summary>Reads the parameters that follow and refuses two of one name, but looks at nothing else.</summary>
    /// <param name="room">As many as are accepted.</param>
    public bool TrySkipParameters(scoped Span<Range> room)
    {
        var seen = new SeenNames(_text, room);
        while (true)
        {
            var step = NextParameter(out var key, out _);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            if (!seen.TryAdd(key))
            {
                return false;
            }
        }
    }

    public bool TryOpenInnerList() => TryTake('(');

    /// <summary>
    /// Goes to the next item of an inner list and reads it; its parameters are the caller's to read before the next call.
    /// </summary>
    /// <param name="first">Whether it is the first: the others must have a space before them.</param>
    public ReadStep NextItem(bool first, out BareItem item)
    {
        item = default;
        var spaces = SkipSpaces();
        if (TryTake(')'))
        {
            IsCanonical &= spaces == 0;
            return ReadStep.End;
        }

        IsCanonical &= spaces == (first ? 0 : 1);
        return (first || spaces > 0) && TryReadBareItem(out item) ? ReadStep.Found : ReadStep.Malformed;
    }

    /// <summary>Goes past a text that is known to be here, whole and canonical.</summary>
    public void Pass(string known) => Position += known.Length;

    /// <summary>Reads a whole inner list without its own parameters, and looks at nothing in it.</summary>
    /// <param name="room">For an item's parameters: as many as are accepted.</param>
    public bool TrySkipInnerList(scoped Span<Range> room)
    {
        if (!TryOpenInnerList())
        {
            return false;
        }

        for (var first = true; ; first = false)
        {
            var step = NextItem(first, out _);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            if (!TrySkipParameters(room))
            {
                return false;
            }
        }
    }

    private ReadStep ReadMemberKey(out Range key)
    {
        IsCanonical = true;
        return TryReadKey(out key) ? ReadStep.Found : ReadStep.Malformed;
    }

    private bool TryTake(char wanted)
    {
        if (AtEnd || _text[Position] != wanted)
        {
            return false;
        }

        Position++;
        return true;
    }

    private int SkipSpaces()
    {
        var start = Position;
        while (!AtEnd && _text[Position] == ' ')
        {
            Position++;
        }

        return Position - start;
    }

    private void SkipOptionalWhitespace()
    {
        while (!AtEnd && _text[Position] is ' ' or '\t')
        {
            Position++;
        }
    }
}
