namespace Gateway.Connectors.Http;

/// <summary>Walks the lines of one block; a line ends with LF, CRLF or CR (WHATWG HTML section 9.2.5).</summary>
internal ref struct SseLines(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    public ReadOnlySpan<byte> Field { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next line that is a field; false at the end. Comments are passed over.</summary>
    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..]; // The LF of a CRLF makes one more empty line, which says nothing.
            var colon = line.IndexOf((byte)':');
            if (line.IsEmpty || colon == 0)
            {
                continue;
            }

            Field = colon < 0 ? line : line[..colon];
            Value = colon < 0 ? default : line[(colon + 1)..];
            if (Value.StartsWith(" "u8))
            {
                Value = Value[1..];
            }

            return true;
        }

        return false;
    }
}
