using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>POST /v1/completions</c>, the older form.</summary>
internal static class Completions
{
    public static Task AnswerAsync(Exchange exchange)
    {
        var reply = exchange.Reply();
        var head = $$"""
            {"id":"{{Wire.NextId("cmpl-")}}","object":"text_completion","created":{{Wire.Created}},"model":{{Wire.Quote(
                exchange.Prompt.Model
            )}}
            """;
        var usage = Usage.Of(exchange.Prompt.InputWords, reply.Words * exchange.Prompt.Choices);
        return exchange.Prompt.Stream
            ? exchange.StreamAsync(Stream(exchange.Prompt, reply, head, usage))
            : exchange.SendAsync(Whole(exchange.Prompt, reply, head, usage));
    }

    private static string Whole(Prompt prompt, Reply reply, string head, string usage)
    {
        var choices = string.Join(',', Enumerable.Range(0, prompt.Choices).Select(index => Choice(index, reply.Text, Finish(reply))));
        return $$"""{{head}},"choices":[{{choices}}],"usage":{{usage}}}""";
    }

    private static EventScript Stream(Prompt prompt, Reply reply, string head, string usage)
    {
        var script = new EventScript { Failure = new EventScript().Add(null, OpenAiDialect.Error(500, "The server had an error.")) };
        var tail = prompt.IncludeUsage ? ",\"usage\":null" : "";
        for (var index = 0; index < prompt.Choices; index++)
        {
            foreach (var piece in reply.Pieces)
            {
                script.AddRepeated(null, $$"""{{head}},"choices":[{{Choice(index, piece, null)}}]{{tail}}}""");
            }

            script.Add(null, $$"""{{head}},"choices":[{{Choice(index, "", Finish(reply))}}]{{tail}}}""");
        }

        if (prompt.IncludeUsage)
        {
            script.Add(null, $$"""{{head}},"choices":[],"usage":{{usage}}}""");
        }

        return script.Add(null, "[DONE]");
    }

    private static string Finish(Reply reply) => reply.CutShort ? "length" : "stop";

    private static string Choice(int index, string text, string? finish) =>
        $$"""
            {"text":{{Wire.Quote(text)}},"index":{{index}},"logprobs":null,"finish_reason":{{(
                finish is null ? "null" : Wire.Quote(finish)
            )}}}
            """;
}
