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
