using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Anthropic;

/// <summary><c>POST /anthropic/v1/messages</c>.</summary>
internal static class Messages
{
    private const string Thinking = "A stand-in thinks little.";
    private const string Signature = "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds3VtYW5kIGluIHNpZ25hdHVyZQ==";

    public static Task AnswerAsync(Exchange exchange)
    {
        return exchange.Prompt.Stream
            ? exchange.StreamAsync(Stream(exchange.Prompt, exchange.Reply(), Thinks(exchange)))
            : exchange.SendAsync(Whole(exchange));
    }

    /// <summary>The message that isn't streamed.</summary>
    public static string Whole(Exchange exchange)
    {
        var (reply, thinks) = (exchange.Reply(), Thinks(exchange));
        return Show(exchange.Prompt, (thinks ? $"{Thought(Thinking, Signature)}," : "") + Block(reply), Stop(reply), reply.Words);
    }

    private static EventScript Stream(Prompt prompt, Reply reply, bool thinks)
    {
        var script = new EventScript { Failure = new EventScript().Add("error", AnthropicDialect.Error(529, "Overloaded")) };
        script.Add("message_start", $$"""{"type":"message_start","message":{{Show(prompt, "", "null", 1)}}}""");
        var place = thinks ? AddThought(script) : 0;
        script.Add("content_block_start", $$"""{"type":"content_block_start","index":{{place}},"content_block":{{EmptyBlock(reply)}}}""");
        script.Add("ping", """{"type":"ping"}""");
        foreach (var piece in reply.Pieces)
        {
            AddDelta(script, place, $$"""{"type":"text_delta","text":{{Wire.Quote(piece)}}}""");
        }

        if (reply.Call is { } call)
        {
            AddDelta(script, place, $$"""{"type":"input_json_delta","partial_json":{{Wire.Quote(call.Arguments[..1])}}}""");
            AddDelta(script, place, $$"""{"type":"input_json_delta","partial_json":{{Wire.Quote(call.Arguments[1..])}}}""");
        }

        script.Add("content_block_stop", $$"""{"type":"content_block_stop","index":{{place}}}""");
        script.Add(
            "message_delta",
            $$$"""
            {"type":"message_delta","delta":{"stop_reason":{{{Stop(
                reply
            )}}},"stop_sequence":null},"usage":{"output_tokens":{{{reply.Words}}}}}
            """
        );
        return script.Add("message_stop", """{"type":"message_stop"}""");
    }

    private static void AddDelta(EventScript script, int place, string delta) =>
        script.AddRepeated("content_block_delta", $$"""{"type":"content_block_delta","index":{{place}},"delta":{{delta}}}""");

    private static int AddThought(EventScript script)
    {
        script.Add("content_block_start", $$"""{"type":"content_block_start","index":0,"content_block":{{Thought("", "")}}}""");
        AddDelta(script, 0, $$"""{"type":"thinking_delta","thinking":"{{Thinking}}"}""");
        AddDelta(script, 0, $$"""{"type":"signature_delta","signature":"{{Signature}}"}""");
        script.Add("content_block_stop", """{"type":"content_block_stop","index":0}""");
        return 1;
    }

    private static bool Thinks(Exchange exchange) => exchange.Body.Object("thinking")?.Text("type") is "enabled" or "adaptive";

    private static string Thought(string text, string signature) =>
        $$"""
            {"type":"thinking","thinking":"{{text}}","signature":"{{signature}}"}
            """;

    private static string Show(Prompt prompt, string blocks, string stop, int output) =>
        $$"""{"id":"{{Wire.NextId("msg_")}}","type":"message","role":"assistant","model":{{Wire.Quote(prompt.Model)}}"""
        + $$""","content":[{{blocks}}],"stop_reason":{{stop}},"stop_sequence":null,"usage":"""
        + $$"""{"input_tokens":{{prompt.InputWords}},"cache_creation_input_tokens":0,"cache_read_input_tokens":0"""
        + $$""","output_tokens":{{output}}"""
        + ""","service_tier":"standard"}}""";

    private static string Block(Reply reply) => reply.Call is { } call ? ToolUse(call, call.Arguments) : TextBlock(reply.Text);

    private static string EmptyBlock(Reply reply) => reply.Call is { } call ? ToolUse(call, "{}") : TextBlock("");

    private static string ToolUse(ToolOffer call, string input) =>
        $$"""
            {"type":"tool_use","id":"{{Wire.NextId("toolu_")}}","name":{{Wire.Quote(call.Name)}},"input":{{input}}}
            """;

    private static string TextBlock(string text) => $$"""{"type":"text","text":{{Wire.Quote(text)}}}""";

    private static string Stop(Reply reply) =>
        reply.Call is not null ? "\"tool_use\""
        : reply.CutShort ? "\"max_tokens\""
        : "\"end_turn\"";
}
