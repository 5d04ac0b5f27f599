using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads answers of OpenAI's chat, completions and embeddings. A stream ends with <c>data: [DONE]</c>. Some servers tell their usage in
/// every chunk: final is what a chunk of nothing else says, or the last before the end.
/// </summary>
/// <param name="request">
/// As it went out. Where its caller didn't ask for usage, the chunk that holds nothing else is there because Gateway asked.
/// </param>
/// <param name="hasOutput">Whether the model makes text, so that a count of it must be there.</param>
internal sealed class OpenAiAnswerReader(BodyReading request, bool hasOutput = true) : IResponseReader
{
    private OutputMeter _output;
    private bool _isTold;
    private bool _isFinal;
    private bool _hasBegun;

    public TokenUsage Usage { get; private set; }

    public OutputSeen Seen =>
        new(
            _isTold && _isFinal,
            _hasBegun && !_output.Hides && !request.HidesOutput,
            _output.Most,
            request.EchoesPrompt ? 0 : TextTokens.Least(_output.Bytes)
        );

    public void ReadBody(ReadOnlySpan<byte> body)
    {
        var facts = AnswerParser.Read(body);
        Take(facts);
        _hasBegun = _isFinal = facts.IsWhole;
    }

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (data.Trim(" "u8).SequenceEqual("[DONE]"u8))
        {
            _isFinal = true;
            return StreamEvent.Last;
        }

        _hasBegun = true;
        var facts = AnswerParser.Read(data);
        if (!facts.IsWhole)
        {
            facts.Output.CountUnread(data);
        }

        Take(facts);
        var isUsageOnly = facts.HasNoChoices && facts.Usage.IsKnown;
        _isFinal = isUsageOnly || (_isFinal && facts.Output.Most == 0);
        if (type.SequenceEqual("error"u8) || facts.HasError || facts.Kind == AnswerKind.Error)
        {
            return StreamEvent.Error;
        }

        return isUsageOnly && !facts.HasModeration && !request.StreamUsage ? StreamEvent.Drop : StreamEvent.Forward;
    }

    private void Take(in AnswerFacts facts)
    {
        _output.Add(facts.Output);
        Usage = UsageParser.Larger(Usage, facts.Usage);
        var isTold = (hasOutput ? facts.Usage.Output : facts.Usage.Input) is not null;
        _isTold = isTold || (_isTold && facts.Output.Most == 0);
    }
}
