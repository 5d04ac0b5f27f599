using System.Net;
using System.Text.Json;

namespace Gateway.Proxy.Tests.StandIn;

public sealed class DirectivesTests
{
    [Theory]
    [InlineData("!error 429", HttpStatusCode.TooManyRequests, "rate_limit_exceeded")]
    [InlineData("please !error-500 now", HttpStatusCode.InternalServerError, "server_error")]
    public async Task Error_InTheMessage_IsAnsweredInTheDialect(string content, HttpStatusCode status, string word)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.Chat(content));

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(word, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_BehindTheModelsName_IsAnsweredToo()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.OpenAi("/v1/completions", """{"model":"gpt-5!error-503","prompt":"hello"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await standIn.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Error_InAnEarlierMessage_IsForgotten()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.OpenAi(
            "/v1/chat/completions",
            """
            {"model":"m","messages":[{"role":"user","content":"!error 500"},{"role":"assistant","content":"!reset"},{"role":"user","content":"fine"}]}
            """
        );

        Assert.Equal(HttpStatusCode.OK, (await standIn.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Reset_BeforeTheAnswer_IsNoAnswer()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => standIn.Client.SendAsync(StandInCalls.Chat("!reset")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream\":true")]
    public async Task Half_OfAnAnswer_ArrivesAndIsSeenToBeCut(string more)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        using var response = await standIn.Client.SendAsync(StandInCalls.Chat("!half", more), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64];

        Assert.True(await body.ReadAsync(buffer) > 0);
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task Chunk_OfSevenBytes_ChangesNoByteOfTheStream()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var data = await (await standIn.Client.SendAsync(StandInCalls.Chat("Grüße !chunk 7", ",\"stream\":true"))).DataAsync();
        var text = string.Concat(
            data.SkipLast(1)
                .Select(chunk => JsonDocument.Parse(chunk).RootElement.GetProperty("choices")[0].GetProperty("delta"))
                .Select(delta => delta.TryGetProperty("content", out var content) ? content.GetString() : "")
        );

        Assert.Equal("Stand-in answer to: Grüße !chunk 7", text);
    }

    [Fact]
    public async Task Fail_InTheMiddleOfAStream_EndsWithTheDialectsErrorEvent()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var openAi = await (await standIn.Client.SendAsync(StandInCalls.Chat("!fail", ",\"stream\":true"))).DataAsync();
        var anthropic = await (await standIn.Client.SendAsync(StandInCalls.Message("!fail", ",\"stream\":true"))).DataAsync();

        Assert.Contains("server_error", openAi[^1], StringComparison.Ordinal);
        Assert.Contains("overloaded_error", anthropic[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Big_Answer_HasAsManyBytesOfText()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var answer = await (await standIn.Client.SendAsync(StandInCalls.Chat("!big 100000"))).JsonAsync();

        Assert.Equal(100000, answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length);
    }

    [Fact]
    public async Task Garbage_Answer_HasTheRightTypeAndIsNoJson()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.Chat("!garbage"));
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task Endless_Stream_GoesOnUntilTheCallerLeaves()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        using var response = await standIn.Client.SendAsync(
            StandInCalls.Chat("!endless !pace 0", ",\"stream\":true"),
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];

        Assert.Equal(buffer.Length, await body.ReadAtLeastAsync(buffer, buffer.Length));
    }
}
