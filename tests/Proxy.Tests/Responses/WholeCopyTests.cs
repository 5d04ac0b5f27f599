using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>Models' answers that aren't streams.</summary>
public sealed class WholeCopyTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Fact]
    public async Task Whole_answer_arrives_as_the_provider_said_it_with_its_length_and_is_on_record()
    {
        using var response = await doors.ChatAsync("whole answer");
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal(new MediaTypeHeaderValue("application/json"), response.Content.Headers.ContentType);
        var outcome = doors.RecordedOf(response).Outcome!.Value;
        Assert.Equal("completed", outcome.GetProperty("status").GetString());
        Assert.Equal(body.Length, outcome.GetProperty("bytes_delivered").GetInt64());
        Assert.Contains(
            Sha256Digest.Compute(body).ToString(),
            outcome.GetProperty("response_digest").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(2, outcome.GetProperty("usage").GetProperty("input_tokens").GetInt32());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(529)]
    public async Task Providers_refusal_passes_in_its_own_shape(int status)
    {
        using var chat = await doors.ChatAsync($"!error {status}");
        using var message = await doors.MessageAsync($"!error {status}");
        var (ofChat, ofMessage) = (await JsonAsync(chat), await JsonAsync(message));

        Assert.Equal((status, status), ((int)chat.StatusCode, (int)message.StatusCode));
        Assert.Equal("An error on demand.", ofChat.GetProperty("error").GetProperty("message").GetString());
        Assert.False(ofChat.TryGetProperty("gateway", out _));
        Assert.Equal("error", ofMessage.GetProperty("type").GetString());
        Assert.Equal("allow", Assert.Single(chat.Headers.GetValues("Gateway-Decision")));
        Assert.Equal(status, doors.RecordedOf(chat).Outcome!.Value.GetProperty("http_status").GetInt32());
    }

    [Fact]
    public async Task Providers_wish_to_be_left_alone_for_a_while_reaches_the_client()
    {
        using var response = await doors.ChatAsync("!error 429");

        Assert.Equal("1", Assert.Single(response.Headers.GetValues("Retry-After")));
    }

    [Fact]
    public async Task Refusal_of_a_stream_by_the_provider_is_no_stream()
    {
        using var response = await doors.ChatAsync("!error 503", ",\"stream\":true");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("An error on demand.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_answer_nobody_asked_for_is_refused_since_it_cant_be_read()
    {
        using var response = await doors.ChatAsync("!gzip");

        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "upstream_refused_type");
        Assert.Equal("cut", doors.RecordedOf(response).Outcome!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Compressed_stream_is_refused_too()
    {
        doors.Upstream.Answer(
            "gzip-stream",
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
        );
        using var response = await doors.ChatAsync("gzip-stream", ",\"stream\":true", "scripted-1");

        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "upstream_refused_type");
    }

    [Theory]
    [InlineData("coding-quoted", "\"gzip\"")]
    [InlineData("coding-with-more", "gzip;q=1")]
    [InlineData("codings-without-comma", "gzip br")]
    public async Task Coding_whose_name_cant_be_read_is_one_too(string word, string coding)
    {
        doors.Upstream.Answer(
            word,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        using var response = await doors.ChatAsync(word, model: "scripted-1");

        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "upstream_refused_type");
    }

    [Theory]
    [InlineData("!big 5000")]
    [InlineData("!endless !pace 0")]
    public async Task Answer_over_the_limit_is_refused_and_none_of_it_delivered(string content)
    {
        using var response = await doors.ChatAsync(content, model: "small-1");

        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "response_too_large");
        Assert.Equal(0, doors.RecordedOf(response).Outcome!.Value.GetProperty("bytes_delivered").GetInt64());
    }

    [Theory]
    [InlineData("!half")]
    [InlineData("!reset")]
    public async Task Answer_that_breaks_off_is_a_failure_of_the_upstream(string content)
    {
        using var response = await doors.ChatAsync(content);

        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "upstream_failed");
    }

    [Theory]
    [InlineData("!slow 20000", "hasty-1")]
    [InlineData("!stall", "hasty-1")]
    [InlineData("!slow 20000", "short-1")]
    [InlineData("!endless !pace 50", "short-1")]
    public async Task Answer_that_takes_too_long_is_a_timeout(string content, string model)
    {
        using var response = await doors.ChatAsync(content, model: model);

        await AssertRefusedAsync(response, HttpStatusCode.GatewayTimeout, "upstream_timeout");
        Assert.Equal("upstream_timeout", doors.RecordedOf(response).Outcome!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Garbage_passes_unread_and_its_usage_is_unknown()
    {
        using var response = await doors.ChatAsync("!garbage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
        Assert.False(doors.RecordedOf(response).Outcome!.Value.TryGetProperty("usage", out _));
    }

    [Theory]
    [InlineData("not http", "THIS IS NOT HTTP\r\n\r\n")]
    [InlineData("bad-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("switching", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")]
    public async Task Answer_that_is_no_http_is_a_failure_of_the_upstream(string word, string answer)
    {
        doors.Upstream.Answer(word, answer);
        using var response = await doors.ChatAsync(word, model: "scripted-1");

        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "upstream_failed");
    }

    [Fact]
    public async Task Informational_answers_before_the_real_one_are_passed_over()
    {
        doors.Upstream.Answer(
            "early-hints",
            "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        );
        using var response = await doors.ChatAsync("early-hints", model: "scripted-1");

        Assert.Equal((HttpStatusCode.OK, "{}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await JsonAsync(response);
        Assert.Equal((status, code), (response.StatusCode, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        Assert.NotEmpty(response.Headers.GetValues("Server-Timing"));
    }
}
