using System.Globalization;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatCompletions
{
    public static Task AnswerAsync(Exchange exchange) =>
        exchange.Prompt.Stream ? exchange.StreamAsync(Stream(exchange)) : exchange.SendAsync(Whole(exchange));

    /// <summary>The completion that isn't streamed.</summary>
    public static string Whole(Exchange exchange)
    {
        var reply = exchange.Reply();
        var choices = string.Join(',', Enumerable.Range(0, exchange.Prompt.Choices).Select(index => Choice(index, reply)));
        return $$"""
            {"id":"{{Wire.NextId("chatcmpl-")}}","object":"chat.completion","created":{{Wire.Created}},"model":{{Wire.Quote(
                exchange.Prompt.Model
            )}},"choices":[{{choices}}],"usage":{{UsageOf(exchange, reply)}},"service_tier":"default","system_fingerprint":"fp_standin"}
            """;
    }

    private static string Choice(int index, Reply reply) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"index":{{index}},"message":{{Message(reply)}},"logprobs":null,"finish_reason":"{{Finish(reply)}}"}
            """
        );

    private static string Message(Reply reply) =>
        reply.Call is { } call
            ? $$$"""
                {"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"{{{Wire.NextId(
                    "call_"
                )}}}","type":"function","function":{"name":{{{Wire.Quote(call.Name)}}},"arguments":{{{Wire.Quote(call.Arguments)}}}}}]}
                """
            : $$"""
                {"role":"assistant","content":{{Wire.Quote(reply.Text)}},"refusal":null,"annotations":[]}
                """;

    private static string Finish(Reply reply) =>
        reply.Call is not null ? "tool_calls"
        : reply.CutShort ? "length"
        : "stop";

    private static string UsageOf(Exchange exchange, Reply reply) =>
        Usage.Of(exchange.Prompt.InputWords, reply.Words * exchange.Prompt.Choices);

    private static EventScript Stream(Exchange exchange)
    {
        var reply = exchange.Reply();
        var script = new EventScript { Failure = new EventScript().Add(null, OpenAiDialect.Error(500, "The server had an error.")) };
        var chunks = new ChatChunks(script, exchange.Prompt);
        for (var index = 0; index < exchange.Prompt.Choices; index++)
        {
            chunks.Add(index, reply, Finish(reply));
        }

        if (exchange.Prompt.IncludeUsage)
        {
            chunks.AddUsage(UsageOf(exchange, reply));
        }

        script.Add(null, "[DONE]");
        return script;
    }
}

/// <summary>The usage member as the chat and completion endpoints word it.</summary>
internal static class Usage
{
    public static string Of(int input, int output) =>
        $$"""{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}}"""
        + ""","prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":"""
        + """{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""";
}
