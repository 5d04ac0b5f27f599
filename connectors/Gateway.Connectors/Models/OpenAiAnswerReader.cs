using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>Reads answers of OpenAI's chat, completions and embeddings. A stream ends with <c>data: [DONE]</c>.</summary>
/// <param name="forwardUsage">
/// Whether the caller itself asked for usage; where not, the chunk that holds nothing else is there because Gateway asked.
/// </param>
internal sealed class OpenAiAnswerReader(bool forwardUsage) : IResponseReader
{
    public TokenUsage Usage { get; private set; }

    public void ReadBody(ReadOnlySpan<byte> body) => Usage = UsageParser.Larger(Usage, AnswerParser.Read(body).Usage);

    public StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (data.Trim(" "u8).SequenceEqual("[DONE]"u8))
        {
            return StreamEvent.Last;
        }

        var isError = type.SequenceEqual("error"u8);
        // Inside a JSON string the quotes would be escaped, so an ordinary piece of text is passed without parsing it.
        if (data.IndexOf("\"usage\""u8) < 0 && data.IndexOf("\"error\""u8) < 0)
        {
            return isError ? StreamEvent.Error : StreamEvent.Forward;
        }

        var facts = AnswerParser.Read(data);
        Usage = UsageParser.Larger(Usage, facts.Usage);
        if (isError || facts.HasError || facts.Kind == AnswerKind.Error)
        {
            return StreamEvent.Error;
        }

        var isUsageOnly = facts.HasNoChoices && facts.Usage.IsKnown && !facts.HasModeration;
        return isUsageOnly && !forwardUsage ? StreamEvent.Drop : StreamEvent.Forward;
    }
}
