using System.Net;
using Gateway.Proxy.Tests.Doors;
using static Gateway.Proxy.Tests.Obligations.ReducedDoors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>Obligations that change what comes back: what can't be reduced doesn't reach the agent.</summary>
public sealed class ReducedAnswerTests(ReducedDoors doors) : IClassFixture<ReducedDoors>
{
    [Fact]
    public async Task Answer_of_a_tool_comes_back_without_what_was_found()
    {
        using var response = await ListAsync(
            "screened",
            "clean-1",
            """{"mail":"bob@example.com","ssn":1,"rows":[{"ssn":"2","x":"ok"}]}""",
            "ETag: \"e1\"\r\n"
        );

        const string Expected = """{"mail":"[redacted:email]","ssn":"[redacted:field]","rows":[{"ssn":"[redacted:field]","x":"ok"}]}""";
        Assert.Equal(Expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(Expected.Length, response.Content.Headers.ContentLength);
        Assert.False(response.Headers.Contains("etag"));
        Assert.Equal(["redact_response"], Met(doors.DecisionOf(response)));
        var outcome = Recorded.Find(doors.Gateway.JournalPath, response).Outcome!.Value;
        Assert.Equal(
            ("completed", Expected.Length),
            (outcome.GetProperty("status").GetString(), outcome.GetProperty("bytes_delivered").GetInt32())
        );
    }

    [Theory]
    [InlineData("header-1", "\"ada@example.com\"", false)]
    [InlineData("header-2", "W/\"4111-1111.1111%201111\"", false)]
    [InlineData("header-3", "\"of no interest\"", true)]
    public async Task Header_with_a_find_does_not_come_back(string word, string etag, bool passes)
    {
        doors.Upstream.Answer(word, $"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n");
        using var head = await doors.SendAsync("screened", HttpMethod.Get, $"/tools/rows/list?{word}");

        Assert.Equal(HttpStatusCode.NotModified, head.StatusCode);
        Assert.Equal(passes, head.Headers.Contains("etag"));
        using var typed = await ListAsync("screened", word + "-body", "{}", "Content-Type: application/json; by=\"ada@example.com\"\r\n");
        Assert.Null(typed.Content.Headers.ContentType);
    }

    [Fact]
    public async Task Arguments_of_a_models_tool_call_come_back_without_what_their_escapes_hid()
    {
        const string Body =
            """{"choices":[{"message":{"tool_calls":[{"function":{"arguments":"{\"to\":\"\\nbob\\u0040example.com\"}"}}]}}]}""";
        using var response = await ListAsync("screened", "nested-escape", Body);

        Assert.Contains("""{\"to\":\"\\n[redacted:email]\"}""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_of_a_model_is_redacted_and_its_usage_still_counts()
    {
        using var response = await doors.ChatAsync("screened", "echo bob@example.com");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("bob@example.com", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(
            Recorded.Find(doors.Gateway.JournalPath, response).Outcome!.Value.GetProperty("usage").TryGetProperty("output_tokens", out _)
        );
    }

    [Fact]
    public async Task Stream_that_would_have_to_be_redacted_is_not_asked_for() =>
        await doors.AssertUnmetAsync(
            await doors.ChatAsync("screened", "unmet-stream", ""","stream":true"""),
            "a stream can't be redacted",
            "unmet-stream"
        );

    [Theory]
    [InlineData("not-json", "Content-Type: text/plain\r\n", "bob@example.com")]
    [InlineData("two-readings", "Content-Type: application/json\r\n", """{"a":1,"a":"bob@example.com"}""")]
    [InlineData("in-a-name", "Content-Type: application/json\r\n", """{"bob@example.com":1}""")]
    [InlineData("compressed", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "{}")]
    [InlineData("events", "Content-Type: text/event-stream\r\n", "data: {}\n\n")]
    [InlineData("range", "Content-Type: application/json\r\nContent-Range: bytes 29-41/80\r\n", "\"078-05-1120\"")]
    public async Task Answer_that_cannot_be_redacted_does_not_come_back(string word, string headers, string body)
    {
        using var response = await ListAsync("screened", word, body, headers);

        await AssertHeldBackAsync(response, body);
    }

    [Fact]
    public async Task Answer_without_a_body_comes_back()
    {
        using var empty = await ListAsync("screened", "empty-body", "");
        doors.Upstream.Answer("only-a-head", "HTTP/1.1 204 No Content\r\n\r\n");
        using var head = await doors.SendAsync("ten-rows", HttpMethod.Get, "/tools/rows/list?only-a-head");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (empty.StatusCode, head.StatusCode));
    }

    [Fact]
    public async Task Rows_over_the_limit_do_not_come_back()
    {
        using var whole = await ListAsync("ten-rows", "rows-1", "[{\"a\":1},{\"a\":2},{\"a\":3}]");
        using var named = await ListAsync("named-rows", "rows-2", """{"rows":["bob@example.com","amy@example.com"],"total":2}""");

        Assert.Equal("[{\"a\":1},{\"a\":2}]", await whole.Content.ReadAsStringAsync());
        Assert.Equal("""{"rows":["[redacted:email]"],"total":2}""", await named.Content.ReadAsStringAsync());
        Assert.Equal(["row_limit"], Met(doors.DecisionOf(whole)));
        Assert.Equal(["redact_response", "row_limit"], Met(doors.DecisionOf(named)));
    }

    [Theory]
    [InlineData("ten-rows", "rows-object", """{"data":[1,2,3]}""")]
    [InlineData("ten-rows", "rows-text", "a,b\n1,2\n")]
    [InlineData("ten-rows", "rows-empty", "")]
    [InlineData("named-rows", "rows-elsewhere", """{"data":[1]}""")]
    public async Task Answer_of_another_shape_does_not_come_back(string agent, string word, string body)
    {
        using var response = await ListAsync(agent, word, body);

        await AssertHeldBackAsync(response, body);
    }

    [Fact]
    public async Task Failure_comes_back_unless_it_holds_rows()
    {
        doors.Upstream.Answer("rows-404", "HTTP/1.1 404 Not Found\r\nContent-Length: 16\r\n\r\n{\"error\":\"gone\"}");
        doors.Upstream.Answer("rows-500", "HTTP/1.1 500 Oops\r\nContent-Length: 13\r\n\r\n{\"r\":[1,2,3]}");
        using var plain = await doors.SendAsync("ten-rows", HttpMethod.Get, "/tools/rows/list?rows-404");
        using var full = await doors.SendAsync("ten-rows", HttpMethod.Get, "/tools/rows/list?rows-500");

        Assert.Equal((HttpStatusCode.NotFound, "{\"error\":\"gone\"}"), (plain.StatusCode, await plain.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.Forbidden, full.StatusCode);
    }

    [Fact]
    public async Task Rows_of_a_model_are_not_asked_for() =>
        await doors.AssertUnmetAsync(
            await doors.ChatAsync("ten-rows", "rows-of-a-model"),
            "the answer of a model has no rows",
            "rows-of-a-model"
        );

    private Task<HttpResponseMessage> ListAsync(
        string agent,
        string word,
        string body,
        string headers = "Content-Type: application/json\r\n"
    )
    {
        doors.Upstream.Answer(word, $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
        return doors.SendAsync(agent, HttpMethod.Get, $"/tools/rows/list?{word}");
    }

    private async Task AssertHeldBackAsync(HttpResponseMessage response, string body)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("It was done, and its answer was withheld. ", text, StringComparison.Ordinal);
        Assert.Contains(" (obligation_unmet, ", text, StringComparison.Ordinal);
        Assert.True(body.Length == 0 || !text.Contains(body, StringComparison.Ordinal));
        var outcome = Recorded.Find(doors.Gateway.JournalPath, response).Outcome!.Value;
        Assert.Equal(("cut", "obligation_unmet"), (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString()));
    }
}
