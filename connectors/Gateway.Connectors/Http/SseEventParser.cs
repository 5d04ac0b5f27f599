namespace Gateway.Connectors.Http;

/// <summary>One block of an event stream, up to and including the empty line behind it. Valid until the splitter's next call.</summary>
/// <param name="raw">Exactly the bytes that came, line ends included; all blocks' together are the stream.</param>
/// <param name="type">The last <c>event</c> field; empty when there is none.</param>
/// <param name="data">The <c>data</c> fields joined by line feeds.</param>
/// <param name="hasData">Whether there is any <c>data</c> field: a block without one (a comment, a keep-alive) is no event to a
/// client.</param>
public readonly ref struct SseEvent(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, bool hasData)
{
    public ReadOnlySpan<byte> Raw { get; } = raw;

    public ReadOnlySpan<byte> Type { get; } = type;

    public ReadOnlySpan<byte> Data { get; } = data;

    public bool HasData { get; } = hasData;
}

/// <summary>
/// Reads the fields of one block after another (WHATWG HTML section 9.2.6). An event is valid until the next one is read. Not thread-safe.
/// Dispose returns pooled memory.
/// </summary>
internal sealed class SseEventParser : IDisposable
{
    private readonly SseJoinedData _joined = new();

    /// <param name="raw">One whole block.</param>
    /// <param name="skip">How many bytes of it belong to no line: a byte order mark.</param>
    public SseEvent Parse(ReadOnlySpan<byte> raw, int skip)
    {
        var lines = new SseLines(raw[skip..]);
        ReadOnlySpan<byte> type = default;
        ReadOnlySpan<byte> data = default;
        var dataLines = 0;
        while (lines.Next())
        {
            if (lines.Field.SequenceEqual("event"u8))
            {
                type = lines.Value;
            }
            else if (lines.Field.SequenceEqual("data"u8))
            {
                data = dataLines++ == 0 ? lines.Value : _joined.Join(data, lines.Value, raw.Length);
            }
        }

        return new SseEvent(raw, type, data, dataLines > 0);
    }

    public void Dispose() => _joined.Dispose();
}
