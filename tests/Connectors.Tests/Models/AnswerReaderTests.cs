using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using static Gateway.Connectors.Tests.Models.Bodies;

namespace Gateway.Connectors.Tests.Models;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData(
        "chat",
        """{"choices":[{"message":{"content":"\"usage\":{}"}}],"usage":{"prompt_tokens":10,"completion_tokens":"""
            + """5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4}}}""",
        10,
        5
    )]
    [InlineData("completions", """{"usage":{"completion_tokens":5,"prompt_tokens":10}}""", 10, 5)]
    [InlineData(
        "responses",
        """{"id":"r","output":[{"usage":{"input_tokens":99}}],"usage":{"input_tokens":10,"output_tokens":"""
            + """5,"input_tokens_details":{"cached_tokens":1}}}""",
        10,
        5
    )]
    [InlineData(
        "messages",
        """{"usage":{"input_tokens":1,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":5}}""",
        6,
        5
    )]
    [InlineData(
        "messages",
        """{"usage":{"input_tokens":1,"output_tokens":5,"iterations":[{"type":"compaction","input_tokens":"""
            + """100,"output_tokens":7},{"type":"message","input_tokens":1,"output_tokens":5}]}}""",
        101,
        12
    )]
    [InlineData("chat", """{"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":315}}""", 10, 305)]
    [InlineData(
        "chat",
        """{"usage":{"prompt_tokens":10,"completion_tokens":5,"completion_tokens_details":{"x":{},"reasoning_tokens":300}}}""",
        10,
        305
    )]
    [InlineData("chat", """{"usage":{"prompt_tokens":10,"completion_tokens":5,"completion_tokens_details":null}}""", 10, 5)]
    [InlineData("chat", """{"usage":{"prompt_tokens":10,"total_tokens":15}}""", 10, 5)]
    [InlineData("chat", """{"usage":{"completion_tokens":5,"total_tokens":15}}""", 10, 5)]
    [InlineData("chat", """{"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":3}}""", 10, 5)]
    [InlineData(
        "responses",
        """{"usage":{"input_tokens":10,"output_tokens":500,"output_tokens_details":{"reasoning_tokens":300},"total_tokens":510}}""",
        10,
        500
    )]
    [InlineData("count_tokens", """{"input_tokens":2095}""", 0, 0)]
    public void Usage_is_read_from_a_whole_answer(string operation, string body, int input, int output) =>
        Assert.Equal(new TokenUsage(input, output), Read(operation, body));

    [Fact]
    public void Embeddings_use_no_output() =>
        Assert.Equal(
            new TokenUsage(8, null),
            Read("embeddings", """{"data":[{"embedding":[0.1]}],"usage":{"prompt_tokens":8,"total_tokens":8}}""")
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":{"prompt_tokens":-1,"completion_tokens":1.5}}""")]
    [InlineData("""{"usage":{"prompt_tokens":"10","completion_tokens":99999999999999999999}}""")]
    [InlineData("""{"usage":[{"prompt_tokens":1}]}""")]
    public void Usage_that_is_not_told_is_not_made_up(string body)
    {
        foreach (var operation in ModelOperations.All.Where(o => o.Answers(BodyReading.Empty) is not UnchargedAnswerReader))
        {
            Assert.False(Read(operation.Operation.ToString(), body).IsKnown);
        }
    }

    [Fact]
    public void A_chat_stream_ends_with_done_and_its_usage_chunk_is_dropped_unless_asked_for()
    {
        var chunks = new[]
        {
            """{"choices":[],"prompt_filter_results":[]}""",
            """{"choices":[{"delta":{"content":"\"error\" \"usage\""}}],"usage":null}""",
            """{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}""",
            "[DONE]",
        };
        var reader = Reader("chat", """{"model":"m","stream":true}""");
        Assert.Equal(
            [StreamEvent.Forward, StreamEvent.Forward, StreamEvent.Drop, StreamEvent.Last],
            chunks.Select(c => Event(reader, "", c))
        );
        Assert.Equal(new TokenUsage(10, 5), reader.Usage);

        reader = Reader("chat", """{"model":"m","stream":true,"stream_options":{"include_usage":true}}""");
        Assert.Equal(
            [StreamEvent.Forward, StreamEvent.Forward, StreamEvent.Forward, StreamEvent.Last],
            chunks.Select(c => Event(reader, "", c))
        );
        Assert.Equal(new TokenUsage(10, 5), reader.Usage);
    }

    [Fact]
    public void A_chunk_that_holds_more_than_usage_is_not_dropped()
    {
        var reader = Reader("completions", """{"model":"m","stream":true}""");
        Assert.Equal(StreamEvent.Forward, Event(reader, "", """{"choices":[{"text":"a"}],"usage":{"prompt_tokens":1}}"""));
        Assert.Equal(StreamEvent.Forward, Event(reader, "", """{"choices":[],"moderation":{},"usage":{"prompt_tokens":1}}"""));
    }

    [Theory]
    [InlineData("chat", "", """{"error":{"message":"x"}}""")]
    [InlineData("chat", "error", "x")]
    [InlineData("completions", "error", """{"message":"x"}""")]
    [InlineData("responses", "error", """{"type":"error","message":"x"}""")]
    [InlineData("responses", "", """{"type":"error","message":"x"}""")]
    [InlineData("messages", "error", """{"type":"error","error":{"type":"overloaded_error"}}""")]
    [InlineData("messages", "", """{"type":"error"}""")]
    [InlineData("count_tokens", "error", "{}")]
    public void The_providers_error_event_is_told(string operation, string type, string data) =>
        Assert.Equal(StreamEvent.Error, Event(Reader(operation), type, data));

    [Theory]
    [InlineData("response.completed")]
    [InlineData("response.failed")]
    [InlineData("response.incomplete")]
    public void A_responses_stream_ends_with_its_last_event_and_the_usage_in_it(string type)
    {
        var reader = Reader("responses");
        Assert.Equal(StreamEvent.Forward, Event(reader, "response.created", """{"type":"response.created","response":{"usage":null}}"""));
        Assert.Equal(
            StreamEvent.Forward,
            Event(reader, "response.output_text.delta", """{"type":"response.output_text.delta","delta":"response.completed"}""")
        );
        var last =
            "{\"type\":\""
            + type
            + """
                ","response":{"output":[],"usage":{"input_tokens":10,"output_tokens":5}}}
                """;
        Assert.Equal(StreamEvent.Last, Event(reader, type, last));
        Assert.Equal(new TokenUsage(10, 5), reader.Usage);
        Assert.Equal(StreamEvent.Last, Event(Reader("responses"), "", last));
        Assert.Equal(StreamEvent.Last, Event(Reader("responses"), "message", last));
    }

    [Fact]
    public void An_anthropic_stream_adds_its_usage_up_and_ends_with_message_stop()
    {
        var reader = Reader("messages");
        Assert.Equal(
            StreamEvent.Forward,
            Event(
                reader,
                "message_start",
                """{"type":"message_start","message":{"usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":1}}}"""
            )
        );
        Assert.Equal(StreamEvent.Forward, Event(reader, "ping", """{"type":"ping"}"""));
        Assert.Equal(StreamEvent.Forward, Event(reader, "content_block_delta", """{"type":"content_block_delta","delta":{"text":"x"}}"""));
        Assert.Equal(StreamEvent.Forward, Event(reader, "message_delta", """{"type":"message_delta","usage":{"output_tokens":15}}"""));
        Assert.Equal(StreamEvent.Last, Event(reader, "message_stop", """{"type":"message_stop"}"""));
        Assert.Equal(new TokenUsage(100, 15), reader.Usage);
    }

    [Fact]
    public void Any_bytes_are_read_without_throwing()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                ArbMap.Default.ArbFor<string?>(),
                (bytes, text) =>
                {
                    foreach (var operation in ModelOperations.All)
                    {
                        var reader = Reader(operation.Operation.ToString());
                        reader.ReadBody(bytes);
                        reader.ReadEvent(bytes, bytes);
                        reader.ReadEvent(default, Encoding.UTF8.GetBytes("{\"usage\":" + text));
                    }
                }
            )
            .QuickCheckThrowOnFailure();
        Read("chat", """{"us\uD800age":1,"usage":{"prompt_tokens":1}}""");
        Read("chat", string.Concat(Enumerable.Repeat("{\"usage\":{\"iterations\":[", 5000)));
    }

    private static IResponseReader Reader(string operation, string body = """{"model":"m"}""") =>
        Operation(operation).Answers(Accepted(operation, body));

    private static StreamEvent Event(IResponseReader reader, string type, string data) =>
        reader.ReadEvent(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data));

    private static TokenUsage Read(string operation, string body)
    {
        var reader = Reader(operation);
        reader.ReadBody(Encoding.UTF8.GetBytes(body));
        return reader.Usage;
    }
}
