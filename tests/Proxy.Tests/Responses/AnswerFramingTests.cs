using System.Net;
using System.Text.Json;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>Answers whose end two readers would look for in two places (RFC 9112 section 6.3).</summary>
public sealed class AnswerFramingTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    private const string Chunks = "5\r\nhello\r\n0\r\n\r\n";

    [Theory]
    [InlineData("less-than-chunks", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks)]
    [InlineData("more-than-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 300\r\n\r\n" + Chunks)]
    [InlineData("as-long-as-chunks", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks)]
    [InlineData("two-lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("a-list-of-lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello")]
    [InlineData("a-length-below-none", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello")]
    [InlineData("a-length-past-any-number", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello")]
    [InlineData("another-coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nhello")]
    [InlineData("two-codings", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + Chunks)]
    [InlineData("a-coding-behind", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n" + Chunks)]
    [InlineData("older-than-chunks", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks)]
    [InlineData(
        "events-and-a-length",
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks
    )]
    public async Task An_answer_with_two_ends_is_none(string word, string answer)
    {
        doors.Upstream.Answer(word, answer);
        using var response = await doors.ToolAsync(HttpMethod.Get, $"/tools/odd/{word}");

        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((HttpStatusCode.BadGateway, "upstream_failed"), (response.StatusCode, problem.GetProperty("code").GetString()));
        var outcome = doors.RecordedOf(response).Outcome!.Value;
        Assert.Equal(
            ("cut", "upstream_failed", 200, 0),
            (
                outcome.GetProperty("status").GetString(),
                outcome.GetProperty("reason").GetString(),
                outcome.GetProperty("http_status").GetInt32(),
                outcome.GetProperty("bytes_delivered").GetInt64()
            )
        );
    }

    [Theory]
    [InlineData("one-length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("honest-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + Chunks)]
    [InlineData("to-the-close", "HTTP/1.1 200 OK\r\n\r\nhello")]
    [InlineData("older-to-the-close", "HTTP/1.0 200 OK\r\n\r\nhello")]
    public async Task An_answer_with_one_end_passes(string word, string answer)
    {
        doors.Upstream.Answer(word, answer);
        using var response = await doors.ToolAsync(HttpMethod.Get, $"/tools/odd/{word}");

        Assert.Equal((HttpStatusCode.OK, "hello"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }
}
