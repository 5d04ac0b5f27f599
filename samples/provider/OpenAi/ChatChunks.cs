using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>Writes a chat completion as chunks. All chunks of one answer share its id.</summary>
internal sealed class ChatChunks(EventScript script, Prompt prompt)
{
    // Where usage was asked for, every chunk but the last carries a null, as the real provider does.
    private readonly string _tail = prompt.IncludeUsage ? ",\"usage\":null" : "";

    private readonly string _head = $$"""
        {"id":"{{Wire.NextId("chatcmpl-")}}","object":"chat.completion.chunk","created":{{Wire.Created}},"model":{{Wire.Quote(
            prompt.Model
        )}},"service_tier":"default","system_fingerprint":"fp_standin"
        """;

    public void Add(int index, Reply reply, string finish)
    {
        script.Add(null, Chunk(index, """{"role":"assistant","content":"","refusal":null}"""));
        foreach (var piece in reply.Pieces)
        {
            script.AddRepeated(null, Chunk(index, $$"""{"content":{{Wire.Quote(piece)}}}"""));
        }

        if (reply.Call is { } call)
        {
            AddCall(index, call);
        }

        script.Add(null, Chunk(index, "{}", finish));
    }

    public void AddUsage(string usage) => script.Add(null, $$"""{{_head}},"choices":[],"usage":{{usage}}}""");

    private void AddCall(int index, ToolOffer call)
    {
        var half = call.Arguments.Length / 2;
        script.Add(
            null,
            Chunk(
                index,
                $$$"""
                {"tool_calls":[{"index":0,"id":"{{{Wire.NextId("call_")}}}","type":"function","function":{"name":{{{Wire.Quote(
                    call.Name
                )}}},"arguments":""}}]}
                """
            )
        );
        script.AddRepeated(null, Chunk(index, Fragment(call.Arguments[..half])));
        script.Add(null, Chunk(index, Fragment(call.Arguments[half..])));
    }

    private static string Fragment(string arguments) =>
        $$$"""
            {"tool_calls":[{"index":0,"function":{"arguments":{{{Wire.Quote(arguments)}}}}}]}
            """;

    private string Chunk(int index, string delta, string? finish = null) =>
        $$"""
            {{_head}},"choices":[{"index":{{index}},"delta":{{delta}},"logprobs":null,"finish_reason":{{(
                finish is null ? "null" : Wire.Quote(finish)
            )}}}]{{_tail}}}
            """;
}
