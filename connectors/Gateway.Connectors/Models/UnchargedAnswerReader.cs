using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>For an operation that only counts tokens: the counts in its answer are the result and not what it used.</summary>
internal sealed class UnchargedAnswerReader : IResponseReader
{
    public TokenUsage Usage => new(0, 0);

    public void ReadBody(ReadOnlySpan<byte> body)
    {
        // Nothing to read: see above.
    }

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) =>
        AnswerScan.KindOf(type) == AnswerKind.Error ? StreamEvent.Error : StreamEvent.Forward;
}
