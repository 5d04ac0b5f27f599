using System.Net;
using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>Tools' answers, which pass as they come, one byte behind.</summary>
public sealed class HeldCopyTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Fact]
    public async Task Answer_passes_while_it_comes_and_its_last_byte_waits_for_the_record()
    {
        var script = doors.Upstream.Expect("/tools-pass");
        var asked = doors.ToolAsync(HttpMethod.Get, "/tools/odd/tools-pass");
        var system = await script.ConnectionAsync();
        await system.SayAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nabc");
        using var response = await asked;
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16];
        await body.ReadExactlyAsync(buffer.AsMemory(0, 2)).AsTask().WaitAsync(OpenDoors.Patience);
        await system.EndAsync("def");

        await body.ReadExactlyAsync(buffer.AsMemory(2, 4)).AsTask().WaitAsync(OpenDoors.Patience);
        Assert.Equal("abcdef"u8, buffer.AsSpan(0, 6));
        var outcome = doors.RecordedOf(response).Outcome!.Value;
        Assert.Equal(6, outcome.GetProperty("bytes_delivered").GetInt64());
        Assert.Contains(
            Sha256Digest.Compute("abcdef"u8).ToString(),
            outcome.GetProperty("response_digest").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("empty-length", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("empty-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("empty-close", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
    public async Task Empty_answer_stays_empty(string word, string answer)
    {
        doors.Upstream.Answer(word, answer);
        using var response = await doors.ToolAsync(HttpMethod.Get, $"/tools/odd/{word}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("completed", doors.RecordedOf(response).Outcome!.Value.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("no-content", "HTTP/1.1 204 No Content\r\n\r\n", 204)]
    [InlineData("no-content-length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204)]
    [InlineData("reset-content", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205)]
    [InlineData("reset-content-body", "HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nabcde", 205)]
    [InlineData("not-modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\n", 304)]
    public async Task Answer_without_a_body_has_none_here_either(string word, string answer, int status)
    {
        doors.Upstream.Answer(word, answer);
        using var response = await doors.ToolAsync(HttpMethod.Get, $"/tools/odd/{word}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(status, doors.RecordedOf(response).Outcome!.Value.GetProperty("http_status").GetInt32());
        Assert.NotEmpty(response.Headers.GetValues("Gateway-Receipt"));
    }

    [Fact]
    public async Task Head_has_the_length_and_no_body()
    {
        doors.Upstream.Answer("HEAD /base/head", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 600\r\n\r\n");
        using var response = await doors.ToolAsync(HttpMethod.Head, "/tools/odd/head");

        Assert.Equal((HttpStatusCode.OK, 600), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(0, doors.RecordedOf(response).Outcome!.Value.GetProperty("bytes_delivered").GetInt64());
    }

    [Fact]
    public async Task Head_of_something_over_the_limit_is_no_answer_over_the_limit()
    {
        doors.Upstream.Answer("HEAD /base/large", "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n");
        using var response = await doors.ToolAsync(HttpMethod.Head, "/tools/odd/large");

        Assert.Equal((HttpStatusCode.OK, 9000), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Answer_that_says_it_is_over_the_limit_is_refused()
    {
        doors.Upstream.Answer("says-large", "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + new string('x', 2000));
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/odd/says-large");

        await AssertProblemAsync(response, HttpStatusCode.BadGateway, "response_too_large");
        Assert.Equal(0, doors.RecordedOf(response).Outcome!.Value.GetProperty("bytes_delivered").GetInt64());
    }

    [Fact]
    public async Task Answer_that_grows_over_the_limit_is_cut_and_not_ended()
    {
        var script = doors.Upstream.Expect("grows");
        var asked = doors.ToolAsync(HttpMethod.Get, "/tools/odd/grows");
        var system = await script.ConnectionAsync();
        await system.SayAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        await system.SayChunkAsync(new string('x', 500));
        using var response = await asked;
        await system.SayChunkAsync(new string('y', 2000));

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());
        var outcome = (await doors.ConcludedAsync(response)).Outcome!.Value;
        Assert.Equal(
            ("cut", "response_too_large", 499),
            (
                outcome.GetProperty("status").GetString(),
                outcome.GetProperty("reason").GetString(),
                outcome.GetProperty("bytes_delivered").GetInt64()
            )
        );
        script.Over();
    }

    [Fact]
    public async Task Answer_shorter_than_it_said_is_cut_and_not_ended()
    {
        var script = doors.Upstream.Expect("short-body");
        var asked = doors.ToolAsync(HttpMethod.Get, "/tools/odd/short-body");
        var system = await script.ConnectionAsync();
        await system.SayAsync("HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\nonly this");
        using var response = await asked;
        await system.EndAsync("");

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());
        Assert.Equal("upstream_failed", (await doors.ConcludedAsync(response)).Outcome!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Compressed_answer_passes_as_it_is()
    {
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/oddities/gzip");
        await using var plain = new System.IO.Compression.GZipStream(
            await response.Content.ReadAsStreamAsync(),
            System.IO.Compression.CompressionMode.Decompress
        );

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("compressed", await new StreamReader(plain).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_is_shown_and_neither_followed_nor_told_where_to()
    {
        using var response = await doors.ToolAsync(
            HttpMethod.Get,
            $"/tools/oddities/redirect?to={Uri.EscapeDataString(doors.Provider.Address + "crm/followed")}"
        );

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.DoesNotContain(await doors.Provider.SeenAsync(), seen => seen.GetProperty("target").GetString() == "/crm/followed");
    }

    [Fact]
    public async Task Tools_own_events_pass_one_by_one_and_end_without_a_word_of_ours()
    {
        var script = doors.Upstream.Expect("tool-events");
        var asked = doors.ToolAsync(HttpMethod.Get, "/tools/odd/tool-events");
        var system = await script.ConnectionAsync();
        await system.SayAsync(ScriptedConnection.Events);
        await system.SayChunkAsync("id: 1\ndata: first\n\n: still here\n\n");
        using var response = await asked;
        using var events = new ReadEvents(response);
        Assert.Equal("first", await events.NextAsync());
        await system.SayChunkAsync("data: second\n\n");
        Assert.Equal("second", await events.NextAsync());
        await system.EndAsync("0\r\n\r\n");

        Assert.Empty((await events.RestAsync()).Data);
        Assert.Equal("completed", doors.RecordedOf(response).Outcome!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Broken_tools_stream_ends_with_a_problem_as_its_error_event()
    {
        var script = doors.Upstream.Expect("tool-breaks");
        var asked = doors.ToolAsync(HttpMethod.Get, "/tools/odd/tool-breaks");
        var system = await script.ConnectionAsync();
        await system.SayAsync(ScriptedConnection.Events);
        await system.SayChunkAsync("data: first\n\n");
        using var response = await asked;
        using var events = new ReadEvents(response);
        Assert.Equal("first", await events.NextAsync());
        system.Reset();

        var last = JsonDocument.Parse((await events.RestAsync()).Data[^1]).RootElement;
        Assert.Equal(("upstream_failed", 502), (last.GetProperty("code").GetString(), last.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Trailers_are_dropped()
    {
        doors.Upstream.Answer(
            "trailers",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-late\r\n\r\n2\r\nok\r\n0\r\nx-late: yes\r\n\r\n"
        );
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/odd/trailers");

        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
        Assert.Empty(response.TrailingHeaders);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((status, code), (response.StatusCode, problem.GetProperty("code").GetString()));
    }
}
