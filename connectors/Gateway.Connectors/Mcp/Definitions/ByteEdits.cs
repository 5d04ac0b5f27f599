namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>What is taken out of a message and put into it, in the order of the message. Every other byte stays as it is.</summary>
internal ref struct ByteEdits
{
    private List<Edit>? _edits;

    /// <summary>Leaves out the bytes from start to end.</summary>
    public void Remove(int start, int end) => Replace(start, end, default);

    /// <param name="put">What comes in their place. Its memory isn't copied.</param>
    public void Replace(int start, int end, ReadOnlyMemory<byte> put) => (_edits ??= []).Add(new Edit(start, end, put));

    /// <summary>The message with all edits made: itself where there are none.</summary>
    public readonly ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> message)
    {
        if (_edits is null)
        {
            return message;
        }

        var length = message.Length;
        foreach (var edit in _edits)
        {
            length += edit.Put.Length - (edit.End - edit.Start);
        }

        var edited = new byte[length];
        var (read, written) = (0, 0);
        foreach (var edit in _edits)
        {
            Copy(message.Span[read..edit.Start], edited, ref written);
            Copy(edit.Put.Span, edited, ref written);
            read = edit.End;
        }

        Copy(message.Span[read..], edited, ref written);
        return edited;
    }

    private static void Copy(ReadOnlySpan<byte> from, byte[] to, ref int written)
    {
        from.CopyTo(to.AsSpan(written));
        written += from.Length;
    }

    private readonly record struct Edit(int Start, int End, ReadOnlyMemory<byte> Put);
}

/// <summary>
/// Takes members out of one object, or items out of one array, each with one comma: the one before it where something before it stays, the
/// one behind it otherwise. It is told of all of them in their order.
/// </summary>
internal ref struct PartCut
{
    private bool _hasKept;
    private JsonPart? _last;

    /// <summary>Whether anything stayed.</summary>
    public readonly bool HasKept => _hasKept;

    public void Next(JsonPart part, bool isKept, ref ByteEdits edits)
    {
        if (!_hasKept && _last is { } removed)
        {
            edits.Remove(removed.Start, part.Start);
        }

        if (_hasKept && !isKept)
        {
            edits.Remove(_last!.Value.End, part.End);
        }

        _hasKept |= isKept;
        _last = part;
    }

    /// <summary>At the end: where nothing stayed, the last one goes alone.</summary>
    public readonly void End(ref ByteEdits edits)
    {
        if (!_hasKept && _last is { } removed)
        {
            edits.Remove(removed.Start, removed.End);
        }
    }
}
