using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads answers whose events say what they are: OpenAI's Responses API and Anthropic's messages. Some clients go by the event's name
/// and some by the <c>type</c> in its data, so either of them ends the stream.
/// </summary>
internal sealed class TypedAnswerReader : IResponseReader
{
    public TokenUsage Usage { get; private set; }

    public void ReadBody(ReadOnlySpan<byte> body) => Usage = UsageParsing.Larger(Usage, AnswerScan.Read(body).Usage);

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var facts = AnswerScan.Read(data);
        Usage = UsageParsing.Larger(Usage, facts.Usage);
        var named = AnswerScan.KindOf(type);
        return Worse(named, facts.Kind) switch
        {
            AnswerKind.Other => StreamEvent.Forward,
            AnswerKind.Last => StreamEvent.Last,
            AnswerKind.Error => StreamEvent.Error,
        };
    }

    private static AnswerKind Worse(AnswerKind one, AnswerKind other) => one > other ? one : other;
}
