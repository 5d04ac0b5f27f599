using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Models;

/// <summary>A batch is judged by what is in it: each request as it would be by itself.</summary>
public sealed class BatchReaderTests
{
    private const string Line =
        """{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","max_tokens":10,"messages":[]}}""";

    private static readonly IIntentReader Messages = KeptObjectOperations
        .All.Single(operation => operation is { Type: ConnectorType.Anthropic, Makes: true })
        .Requests!;

    [Fact]
    public void What_its_requests_ask_for_is_added_up()
    {
        var batch = Read($"{Line}\n{Line.Replace("\"max_tokens\":10", "\"max_tokens\":30,\"n\":2", StringComparison.Ordinal)}\r\n\n");

        Assert.Equal(("m", 3, 30L, "/v1/chat/completions"), (batch.Model, batch.Answers, batch.MaxTokens, batch.Endpoint));
        Assert.Equal(90, BatchDraft.Reading(batch).MostOutput(1000));
        Assert.Null(Read(Line.Replace("\"max_tokens\":10,", "", StringComparison.Ordinal)).MaxTokens);
        Assert.Equal(1000, BatchDraft.Reading(Read(Line.Replace("\"max_tokens\":10,", "", StringComparison.Ordinal))).MostOutput(1000));
    }

    /// <summary>Else a request that says nothing would hide how much another may use.</summary>
    [Fact]
    public void Request_that_says_nothing_hides_no_larger_one()
    {
        var silent = Line.Replace("\"max_tokens\":10,", "", StringComparison.Ordinal);
        var large = Line.Replace("\"max_tokens\":10", "\"max_tokens\":5000", StringComparison.Ordinal);

        Assert.Equal(10_000, BatchDraft.Reading(Read($"{silent}\n{large}")).MostOutput(1000));
        Assert.Equal(10_000, BatchDraft.Reading(Read($"{large}\n{silent}")).MostOutput(1000));
    }

    [Fact]
    public void Tools_that_the_provider_would_run_are_named_once()
    {
        var entry =
            """{"custom_id":"a","params":{"model":"m","max_tokens":5,"messages":[],"tools":[{"type":"web_search_1","name":"w"}]}}""";
        Assert.True(Messages.TryRead(Bytes($$"""{"requests":[{{entry}},{{entry}}]}"""), out var reading, out _));

        Assert.Equal(["web_search_1"], reading.HostedTools);
        Assert.Equal((2, true), (reading.Batch!.Answers, reading.HidesOutput));
    }

    [Theory]
    [InlineData("", "malformed_request", "at least one request")]
    [InlineData("{}", "malformed_request", "Line 1")]
    [InlineData("[]", "malformed_request", "Line 1")]
    [InlineData(Line + "\n{", "malformed_request", "Line 2")]
    [InlineData(Line + "\n" + Line + " x", "malformed_request", "Line 2")]
    [InlineData("""{"custom_id":"a","custom_id":"b","method":"POST","url":"/v1/x","body":{}}""", "malformed_request", "Line 1")]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{}}""", "malformed_request", "Line 1")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/files","body":{}}""", "malformed_request", "url: must be one of")]
    [InlineData(
        """{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{},"key":1}""",
        "malformed_request",
        "nothing else"
    )]
    public void Line_that_can_be_taken_in_two_ways_is_refused(string lines, string code, string says) => AssertRefused(lines, code, says);

    [Theory]
    [InlineData("\"model\":\"m\"", "\"model\":\"other\"", "unsupported_feature", "a batch for each model")]
    [InlineData("\"model\":\"m\"", "\"model\":\"m\",\"stream\":true", "unsupported_feature", "has no streams")]
    [InlineData("\"model\":\"m\"", "\"model\":\"m\",\"brand_new\":1", "unsupported_feature", "brand_new")]
    [InlineData("\"model\":\"m\"", "\"model\":\"m\",\"api_key\":\"x\"", "provider_credentials_in_request", "Request 2")]
    [InlineData("\"model\":\"m\",", "", "malformed_request", "Request 2 of the batch: model")]
    [InlineData("\"messages\":[]", "\"messages\":[{\"content\":[{\"file_id\":\"f\"}]}]", "unsupported_feature", "Request 2")]
    [InlineData("chat/completions", "embeddings", "malformed_request", "as of the lines before it")]
    public void Request_that_would_be_refused_by_itself_is_refused_in_a_batch(string from, string to, string code, string says) =>
        AssertRefused($"{Line}\n{Line.Replace(from, to, StringComparison.Ordinal)}", code, says);

    [Theory]
    [InlineData("""{"requests":{}}""", "requests: must be a list")]
    [InlineData("""{"requests":[]}""", "at least one request")]
    [InlineData("""{"requests":[{"custom_id":"a"}]}""", "requests: must be a list of objects")]
    [InlineData("""{"requests":[{"params":{"model":"m","max_tokens":1,"messages":[]}}]}""", "requests: must be a list of objects")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{"model":"m","max_tokens":1,"messages":[]},"x":1}]}""", "nothing else")]
    [InlineData("""{"requests":[],"requests":[]}""", "read in one way only")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{"model":"m","max_tokens":1,"max_tokens":9}}]}""", "read in one way only")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{"model":"m","max_tokens":1,"stream":true}}]}""", "has no streams")]
    [InlineData("null", "must be one JSON object")]
    public void Batch_that_is_not_what_it_must_be_is_refused(string body, string says)
    {
        Assert.False(Messages.TryRead(Bytes(body), out _, out var refusal));
        Assert.Contains(says, refusal.Detail!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("purpose=batch", "The form must have a file")]
    [InlineData("purpose=user_data&file=x", "only files for 'batch'")]
    [InlineData("purpose=batch&file=x&file=x", "each once")]
    [InlineData("purpose=batch&file=x&model=y", "each once")]
    [InlineData("purpose=Batch&file=x", "only files for 'batch'")]
    [InlineData("purpose=batch&file=x", "Line 1")]
    public void Upload_has_one_file_for_one_purpose(string parts, string says)
    {
        Assert.False(new UploadReader("b").TryRead(Form(parts), out _, out var refusal));
        Assert.Contains(says, refusal.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public void Upload_that_two_readers_divide_differently_is_refused()
    {
        var good = Encoding.UTF8.GetString(Form($"purpose=batch&file={Line}"));
        Assert.True(new UploadReader("b").TryRead(Bytes(good), out _, out _));
        foreach (var bad in new[] { "x" + good, good + "x", good.Replace("\r\n--b--", "--b--", StringComparison.Ordinal), good[..^3] })
        {
            Assert.False(new UploadReader("b").TryRead(Bytes(bad), out _, out _), bad);
        }

        Assert.False(new UploadReader("c").TryRead(Bytes(good), out _, out _));
        Assert.False(new UploadReader("").TryRead(Bytes(good), out _, out _));
    }

    private static void AssertRefused(string lines, string code, string says)
    {
        Assert.False(new BatchLinesReader().TryRead(Bytes(lines), out var reading, out var refusal));
        Assert.Equal(code, Reasons.Of(refusal.Reason).Code);
        Assert.Contains(says, refusal.Detail!, StringComparison.Ordinal);
        Assert.Same(BodyReading.Empty, reading);
    }

    private static BatchReading Read(string lines)
    {
        Assert.True(new BatchLinesReader().TryRead(Bytes(lines), out var reading, out var refusal), refusal?.Detail);
        return reading.Batch!;
    }

    private static byte[] Form(string parts) =>
        Bytes(
            string.Concat(
                parts
                    .Split('&')
                    .Select(part => part.Split('=', 2))
                    .Select(part => $"--b\r\nContent-Disposition: form-data; name=\"{part[0]}\"\r\n\r\n{part[1]}\r\n")
            ) + "--b--\r\n"
        );

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
