using System.Text;
using Gateway.Connectors.Contracts;
using static Gateway.Connectors.Tests.Models.Bodies;

namespace Gateway.Connectors.Tests.Models;

/// <summary>What a reader says of the output that has come: whether it was counted, whether it shows all, and how much it is.</summary>
public sealed class OutputSeenTests
{
    private const string Words = "a plain answer of twenty-nine"; // 29 bytes: 24 letters, 4 blanks, a dash.
    private const int Most = 17;
    private const string MessageStart =
        """{"type":"message_start","message":{"content":[],"usage":{"input_tokens":10,"output_tokens":1}}}""";

    [Fact]
    public void Nothing_read_says_nothing()
    {
        foreach (var operation in new[] { "chat", "completions", "responses", "messages", "embeddings" })
        {
            Assert.Equal(default, Reader(operation).Seen);
        }
    }

    [Theory]
    [InlineData("chat", """{"choices":[{"index":0,"delta":{"role":"assistant","content":"@"},"logprobs":{"content":[{"token":"xx"}]}}]}""")]
    [InlineData("chat", """{"id":"c1","model":"gpt-4o","obfuscation":"xxxxxx","choices":[{"delta":{"reasoning_content":"@"}}]}""")]
    [InlineData("chat", """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"x","function":{"arguments":"@"}}]}}]}""")]
    [InlineData("completions", """{"choices":[{"text":"@","finish_reason":null}]}""")]
    [InlineData("responses", """{"type":"response.output_text.delta","item_id":"i","delta":"@","logprobs":[{"token":"xx"}]}""")]
    [InlineData("responses", """{"type":"response.function_call_arguments.delta","delta":"@"}""")]
    [InlineData("messages", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"@"}}""")]
    [InlineData("messages", """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"@"}}""")]
    [InlineData("messages", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"@"}}""")]
    [InlineData("messages", """{"type":"tomorrows_event","delta":{"tomorrows_member":[{"x":["@"]}]}}""")]
    public void Text_of_an_event_is_measured_and_what_is_round_it_is_not(string operation, string data)
    {
        var reader = Reader(operation);
        Read(reader, data);
        Read(reader, data);
        Assert.Equal(new OutputSeen(IsCounted: false, ShowsAll: true, 2 * Most, 2 * Words.Length / 16), reader.Seen);
    }

    [Theory]
    [InlineData("chat", """{"choices":[{"message":{"role":"assistant","content":"@"}},{"message":{"content":"@"}}]}""")]
    [InlineData("responses", """{"instructions":"not ours","output":[{"type":"message","content":[{"text":"@"},{"text":"@"}]}]}""")]
    [InlineData("messages", """{"type":"message","content":[{"type":"text","text":"@"},{"type":"text","text":"@"}]}""")]
    public void Whole_answer_is_measured_and_without_usage_not_counted(string operation, string body)
    {
        var reader = Reader(operation);
        reader.ReadBody(Encoding.UTF8.GetBytes(body.Replace("@", Words, StringComparison.Ordinal)));
        Assert.Equal(new OutputSeen(IsCounted: false, ShowsAll: true, 2 * Most, 2 * Words.Length / 16), reader.Seen);
    }

    [Fact]
    public void Arguments_that_a_model_made_as_json_are_measured_with_their_names_and_numbers()
    {
        var reader = Reader("messages");
        reader.ReadBody("""{"content":[{"type":"tool_use","input":{"abcd":[123,true,{"ef":"gh"}]}}]}"""u8);
        Assert.InRange(reader.Seen.Most, 2 + 3 + 2 + 1 + 1, 30);
    }

    [Fact]
    public void Responses_that_tell_their_output_three_times_are_measured_once()
    {
        var reader = Reader("responses");
        Read(reader, """{"type":"response.created","response":{"instructions":"x","output":[],"usage":null}}""");
        Read(reader, """{"type":"response.output_text.delta","delta":"@"}""");
        Read(reader, """{"type":"response.output_text.done","text":"@"}""");
        Read(reader, """{"type":"response.content_part.done","part":{"text":"@"}}""");
        Assert.Equal(Most, reader.Seen.Most);
        Read(reader, """{"type":"response.output_item.done","item":{"type":"message","content":[{"text":"@"}]}}""");
        Read(reader, """{"type":"response.completed","response":{"output":[{"content":[{"text":"@"}]}],"usage":{"output_tokens":7}}}""");
        Assert.Equal(new OutputSeen(IsCounted: true, ShowsAll: true, Most, 1), reader.Seen);
    }

    [Fact]
    public void Count_at_the_start_of_a_message_is_not_its_last_one()
    {
        var reader = Reader("messages");
        Read(reader, MessageStart);
        Assert.False(reader.Seen.IsCounted);
        Read(reader, """{"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}""");
        Assert.False(reader.Seen.IsCounted);
        Read(reader, """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}""");
        Assert.True(reader.Seen.IsCounted);
        Assert.Equal(new TokenUsage(10, 15), reader.Usage);
        Read(reader, """{"type":"content_block_delta","delta":{"type":"text_delta","text":"more"}}""");
        Assert.False(reader.Seen.IsCounted);
    }

    [Fact]
    public void Count_in_every_chunk_is_final_only_at_the_end()
    {
        var reader = Reader("chat");
        Read(reader, """{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""");
        Assert.False(reader.Seen.IsCounted);
        Read(reader, """{"choices":[{"delta":{"content":"b"}}],"usage":{"prompt_tokens":3,"completion_tokens":2}}""");
        Assert.False(reader.Seen.IsCounted);
        Read(reader, "[DONE]");
        Assert.True(reader.Seen.IsCounted);
    }

    [Fact]
    public void Count_in_an_early_chunk_is_not_final_at_the_end_either()
    {
        var reader = Reader("chat");
        Read(reader, """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}""");
        Assert.True(reader.Seen.IsCounted);
        Read(reader, """{"choices":[{"delta":{"content":"b"}}],"usage":null}""");
        Read(reader, "[DONE]");
        Assert.False(reader.Seen.IsCounted);
    }

    [Theory]
    [InlineData("chat", """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":-1}}""")]
    [InlineData("chat", """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1.5}}""")]
    [InlineData("chat", """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":99999999999999999999}}""")]
    [InlineData("chat", """{"choices":[],"usage":{"prompt_tokens":3}}""")]
    [InlineData("messages", """{"type":"message_delta","usage":{"output_tokens":"5"}}""")]
    [InlineData("responses", """{"type":"response.completed","response":{"usage":null}}""")]
    [InlineData("responses", """{"type":"response.in_progress","response":{"usage":{"input_tokens":1,"output_tokens":1}}}""")]
    public void Count_that_is_no_count_is_none(string operation, string data)
    {
        var reader = Reader(operation);
        Read(reader, data);
        Assert.False(reader.Seen.IsCounted);
    }

    [Theory]
    [InlineData("messages", "", """{"type":"content_block_start","content_block":{"type":"thinking","thinking":""}}""")]
    [InlineData("messages", "", """{"type":"content_block_start","content_block":{"type":"redacted_thinking","data":"AAAA"}}""")]
    [InlineData("messages", ""","thinking":{"type":"enabled","budget_tokens":1024}""", MessageStart)]
    [InlineData("messages", ""","thinking":{"type":"adaptive"}""", MessageStart)]
    [InlineData("messages", ""","context_management":{"edits":[{"type":"compact_20260112"}]}""", MessageStart)]
    [InlineData("messages", ""","compaction":{}""", MessageStart)]
    [InlineData("messages", ""","tools":[{"type":"web_search_20250305","name":"web_search"}]""", MessageStart)]
    [InlineData("responses", "", """{"type":"response.output_item.added","item":{"type":"reasoning","summary":[]}}""")]
    [InlineData("responses", ""","reasoning":{"effort":"low"}""", """{"type":"response.created","response":{}}""")]
    [InlineData("responses", ""","reasoning":{"summary":"auto"}""", """{"type":"response.created","response":{}}""")]
    [InlineData("chat", ""","reasoning_effort":"minimal" """, """{"choices":[]}""")]
    [InlineData("chat", ""","prediction":{"type":"content","content":"x"}""", """{"choices":[]}""")]
    [InlineData("chat", "", """{"choices":[{"delta":{"audio":{"data":"AAAA"}}}]}""")]
    [InlineData("completions", ""","best_of":2""", """{"choices":[{"text":"x"}]}""")]
    public void What_may_use_tokens_that_do_not_show_is_said(string operation, string asked, string data)
    {
        var reader = Reader(operation, asked);
        Read(reader, data);
        Assert.False(reader.Seen.ShowsAll);
    }

    [Theory]
    [InlineData("chat", "gpt-5", "", false)]
    [InlineData("chat", "o3-mini", "", false)]
    [InlineData("chat", "anybodys-1", "", false)]
    [InlineData("responses", "gpt-5", "", false)]
    [InlineData("chat", "gpt-5", ""","reasoning_effort":"none" """, true)]
    [InlineData("responses", "gpt-5", ""","reasoning":{"effort":"none"}""", true)]
    [InlineData("chat", "gpt-4.1-mini", "", true)]
    [InlineData("chat", "ft:gpt-4o:x", "", true)]
    [InlineData("completions", "anybodys-1", "", true)]
    [InlineData("messages", "anybodys-1", "", true)]
    [InlineData("messages", "anybodys-1", ""","thinking":{"type":"disabled"}""", true)]
    public void Model_that_may_think_unseen_is_one_that_is_not_known_not_to(string operation, string model, string asked, bool showsAll)
    {
        var reader = Reader(operation, asked, model);
        Read(reader, "{}");
        Assert.Equal(showsAll, reader.Seen.ShowsAll);
    }

    [Fact]
    public void What_cannot_be_read_counts_as_text()
    {
        var reader = Reader("chat");
        Read(reader, "not json at all!");
        Assert.Equal(10, reader.Seen.Most);
        reader = Reader("chat");
        reader.ReadBody("""{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}} and more"""u8);
        Assert.False(reader.Seen.IsCounted || reader.Seen.ShowsAll);
    }

    [Fact]
    public void Prompt_that_is_said_again_is_no_proof_of_output()
    {
        var reader = Reader("completions", ""","echo":true""");
        reader.ReadBody(Encoding.UTF8.GetBytes($$$"""{"choices":[{"text":"{{{new string('a', 4000)}}}"}]}"""));
        Assert.Equal(0, reader.Seen.Least);
    }

    private static IResponseReader Reader(string operation, string asked = "", string model = "gpt-4o") =>
        Operation(operation).Answers(Accepted(operation, $$"""{"model":"{{model}}"{{asked}}}"""));

    private static void Read(IResponseReader reader, string data) =>
        reader.ReadEvent(default, Encoding.UTF8.GetBytes(data.Replace("@", Words, StringComparison.Ordinal)));
}
