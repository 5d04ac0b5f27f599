using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads answers whose events say what they are: OpenAI's Responses API and Anthropic's messages. Some clients go by the event's name
/// and some by the <c>type</c> in its data, so either of them ends the stream. The Responses API tells its output up to three times: in
/// pieces, in items and in the last event; the largest counts.
/// </summary>
/// <param name="request">As it went out.</param>
internal sealed class TypedAnswerReader(BodyReading request) : IResponseReader
{
    private OutputMeter _pieces;
    private OutputMeter _items;
    private OutputMeter _whole;
    private bool _hides;
    private bool _hasBegun;
    private bool _isCounted;

    public TokenUsage Usage { get; private set; }

    public OutputSeen Seen
    {
        get
        {
            var output = OutputMeter.Larger(_pieces, OutputMeter.Larger(_items, _whole));
            return new(_isCounted, _hasBegun && !_hides && !request.HidesOutput, output.Most, TextTokens.Least(output.Bytes));
        }
    }

    public void ReadBody(ReadOnlySpan<byte> body)
    {
        var facts = AnswerParser.Read(body);
        Usage = UsageParser.Larger(Usage, facts.Usage);
        _whole = facts.Output;
        _hides |= facts.Output.Hides;
        _hasBegun = facts.IsWhole;
        _isCounted = facts.IsWhole && facts.Usage.Output is not null;
    }

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var facts = AnswerParser.Read(data);
        Usage = UsageParser.Larger(Usage, facts.Usage);
        var kind = Worse(AnswerParser.KindOf(type), facts.Kind);
        if (!facts.IsWhole)
        {
            facts.Output.CountUnread(data);
        }

        Take(facts, kind);
        return kind switch
        {
            AnswerKind.Other or AnswerKind.Repeat or AnswerKind.Item or AnswerKind.Counted => StreamEvent.Forward,
            AnswerKind.Last => StreamEvent.Last,
            AnswerKind.Error => StreamEvent.Error,
        };
    }

    private void Take(in AnswerFacts facts, AnswerKind kind)
    {
        _hasBegun = true;
        _hides |= facts.Output.Hides;
        if (kind == AnswerKind.Last)
        {
            _whole = facts.Output;
        }
        else if (kind == AnswerKind.Item)
        {
            _items.Add(facts.Output);
        }
        else if (kind != AnswerKind.Repeat)
        {
            _pieces.Add(facts.Output);
            _isCounted &= facts.Output.Most == 0;
        }

        _isCounted |= kind is AnswerKind.Last or AnswerKind.Counted && facts.Usage.Output is not null;
    }

    private static AnswerKind Worse(AnswerKind one, AnswerKind other) => one > other ? one : other;
}

/// <summary>
/// For an operation that uses no tokens: the counts in its answer are the result, or what the call used that the answer is of.
/// </summary>
public sealed class UnchargedAnswerReader : IResponseReader
{
    public TokenUsage Usage => new(0, 0);

    public OutputSeen Seen => new(IsCounted: true, ShowsAll: true, 0, 0);

    public void ReadBody(ReadOnlySpan<byte> body)
    {
        // Nothing to read: see above.
    }

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) =>
        AnswerParser.KindOf(type) switch
        {
            AnswerKind.Error => StreamEvent.Error,
            AnswerKind.Last => StreamEvent.Last,
            _ => StreamEvent.Forward,
        };
}

/// <summary>For answers that don't say what the call will use: all that it may is charged.</summary>
public sealed class UncountedAnswerReader : IResponseReader
{
    public TokenUsage Usage => default;

    public OutputSeen Seen => default;

    public void ReadBody(ReadOnlySpan<byte> body)
    {
        // It tells that a batch was taken, and nothing of what it will answer.
    }

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => StreamEvent.Forward;
}
