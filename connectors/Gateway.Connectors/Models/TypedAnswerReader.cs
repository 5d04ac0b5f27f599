using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads answers whose events say what they are: OpenAI's Responses API and Anthropic's messages. Some clients go by the event's name
/// and some by the <c>type</c> in its data, so either of them ends the stream.
/// </summary>
internal sealed class TypedAnswerReader : IResponseReader
{
    public TokenUsage Usage { get; private set; }

    public void ReadBody(ReadOnlySpan<byte> body) => Usage = UsageParser.Larger(Usage, AnswerParser.Read(body).Usage);

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var facts = AnswerParser.Read(data);
        Usage = UsageParser.Larger(Usage, facts.Usage);
        var named = AnswerParser.KindOf(type);
        return Worse(named, facts.Kind) switch
        {
            AnswerKind.Other => StreamEvent.Forward,
            AnswerKind.Last => StreamEvent.Last,
            AnswerKind.Error => StreamEvent.Error,
        };
    }

    private static AnswerKind Worse(AnswerKind one, AnswerKind other) => one > other ? one : other;
}

/// <summary>For an operation that only counts tokens: the counts in its answer are the result and not what it used.</summary>
internal sealed class UnchargedAnswerReader : IResponseReader
{
    public TokenUsage Usage => new(0, 0);

    public void ReadBody(ReadOnlySpan<byte> body)
    {
        // Nothing to read: see above.
    }

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) =>
        AnswerParser.KindOf(type) == AnswerKind.Error ? StreamEvent.Error : StreamEvent.Forward;
}
