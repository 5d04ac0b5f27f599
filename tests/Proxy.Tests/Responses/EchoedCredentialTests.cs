using System.IO.Compression;
using System.Net;
using System.Text;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>A system that says the injected credential again, in each part of an answer and in the encodings that systems use.</summary>
public sealed class EchoedCredentialTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    private const string Key = RunningStandIn.OpenAiKey;

    private static readonly string Base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes("Bearer " + Key));
    private static readonly string Escaped = string.Concat(Key.Select(c => $"\\u{(int)c:x4}"));

    [Fact]
    public async Task Phrase_behind_the_status_is_never_the_systems()
    {
        doors.Upstream.Answer("phrase-whole", $"HTTP/1.1 200 {Key}\r\nContent-Length: 2\r\n\r\n{{}}");
        doors.Upstream.Answer("phrase-failed", $"HTTP/1.1 404 {Key}\r\nContent-Length: 2\r\n\r\n{{}}");
        doors.Upstream.Answer("phrase-empty", $"HTTP/1.1 204 {Key}\r\n\r\n");
        doors.Upstream.Answer("phrase-refused", $"HTTP/1.1 200 {Key}\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{{}}");
        doors.Upstream.Answer("phrase-events", ScriptedConnection.Events.Replace("200 OK", $"200 {Key}", StringComparison.Ordinal) + Done);
        foreach (
            var (asked, phrase) in new[]
            {
                ("whole", "OK"),
                ("failed", "Not Found"),
                ("empty", "No Content"),
                ("refused", "Bad Gateway"),
                ("events", "OK"),
            }
        )
        {
            using var response = await doors.ChatAsync($"phrase-{asked}", asked == "events" ? ",\"stream\":true" : "", "scripted-1");
            Assert.Equal(phrase, response.ReasonPhrase);
        }

        doors.Upstream.Answer("phrase-tool", $"HTTP/1.1 200 {Key}\r\nContent-Length: 2\r\n\r\nok");
        using var tool = await doors.ToolAsync(HttpMethod.Get, "/tools/echoing/phrase-tool");
        Assert.Equal("OK", tool.ReasonPhrase);
    }

    [Fact]
    public async Task Encoded_credential_in_a_header_is_withheld()
    {
        doors.Upstream.Answer("header-base64", $"HTTP/1.1 200 OK\r\nx-request-id: {Base64}\r\nContent-Length: 2\r\n\r\n{{}}");
        doors.Upstream.Answer(
            "header-percent",
            $"HTTP/1.1 200 OK\r\nContent-Type: a/b; was={Uri.HexEscape('s')}{Key[1..]}\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        foreach (var word in new[] { "header-base64", "header-percent" })
        {
            using var response = await doors.ChatAsync(word, model: "scripted-1");
            await AssertWithheldAsync(response);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Encoded_credential_in_a_body_is_withheld_whatever_the_status(int status)
    {
        foreach (var said in new[] { Base64, Escaped })
        {
            var body = $$$"""{"error":{"message":"You sent {{{said}}}."}}""";
            doors.Upstream.Answer($"body-{status}", $"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            using var model = await doors.ChatAsync($"body-{status}", model: "scripted-1");
            using var tool = await doors.ToolAsync(HttpMethod.Get, $"/tools/echoing/body-{status}");

            await AssertWithheldAsync(model);
            await AssertWithheldAsync(tool);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    public async Task Credential_in_a_compressed_answer_is_withheld_and_another_passes_as_it_came(string coding)
    {
        foreach (var (said, passes) in new[] { (Key, false), (Base64, false), ("nothing of yours", true) })
        {
            var bytes = Compressed(coding, Encoding.ASCII.GetBytes($"It was {said}. " + new string('x', 100_000)));
            var script = doors.Upstream.Expect("compressed");
            script.Begin = async connection =>
            {
                await connection.SayAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {bytes.Length}\r\n\r\n");
                await connection.SayAsync(bytes);
            };
            using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/echoing/compressed");
            if (passes)
            {
                Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
                continue;
            }

            await AssertWithheldAsync(response);
        }
    }

    [Theory]
    [InlineData("zstd", "abc", "upstream_refused_type")]
    [InlineData("gzip", "abc", "upstream_refused_type")]
    [InlineData("gzip, gzip, gzip", "abc", "upstream_refused_type")]
    [InlineData("gzip", null, "response_too_large")]
    public async Task Compressed_answer_that_cant_be_looked_through_is_refused(string coding, string? body, string code)
    {
        var bytes = body is null ? Compressed("gzip", new byte[2 << 20]) : Encoding.ASCII.GetBytes(body);
        doors.Upstream.Expect("unseen").Begin = async connection =>
        {
            await connection.SayAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {bytes.Length}\r\n\r\n");
            await connection.SayAsync(bytes);
        };
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/echoing/unseen");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Credential_in_the_parts_of_a_stream_is_cut_before_it(int size)
    {
        var events = string.Concat(
            Key.Chunk(size).Select(part => $$$"""data: {"choices":[{"index":0,"delta":{"content":"{{{new string(part)}}}"}}]}""" + "\n\n")
        );
        doors.Upstream.Answer("parted", ScriptedConnection.Events + Chunk(events) + Done);
        using var response = await doors.ChatAsync("parted", ",\"stream\":true", "scripted-1");
        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("credential_in_answer", body, StringComparison.Ordinal);
        var told = string.Concat(
            body.Split('\n').Where(line => line.Contains("\"content\":\"", StringComparison.Ordinal)).Select(line => line.Split('"')[^2])
        );
        Assert.True(told.Length < 8, told);
        Assert.Equal("credential_in_answer", doors.RecordedOf(response).Outcome!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Stream_that_ends_with_a_beginning_of_the_credential_is_whole()
    {
        var text = $$$"""data: {"choices":[{"index":0,"delta":{"content":"{{{Key[..^1]}}}"}}]}""" + "\n\n";
        doors.Upstream.Answer("begun", ScriptedConnection.Events + Chunk(text) + Done);
        using var response = await doors.ChatAsync("begun", ",\"stream\":true", "scripted-1");

        Assert.Equal(text + "data: [DONE]\n\n", await response.Content.ReadAsStringAsync());
    }

    private static string Done => Chunk("data: [DONE]\n\n") + "0\r\n\r\n";

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    private static byte[] Compressed(string codings, byte[] bytes)
    {
        foreach (var coding in codings.Split(", "))
        {
            using var output = new MemoryStream();
            using (
                Stream stream = coding switch
                {
                    "deflate" => new ZLibStream(output, CompressionLevel.Optimal),
                    "br" => new BrotliStream(output, CompressionLevel.Fastest),
                    _ => new GZipStream(output, CompressionLevel.Optimal),
                }
            )
            {
                stream.Write(bytes);
            }

            bytes = output.ToArray();
        }

        return bytes;
    }

    private async Task AssertWithheldAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("credential_in_answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Base64[4..24], text + response.Headers, StringComparison.Ordinal);
        Assert.Equal("credential_in_answer", doors.RecordedOf(response).Outcome!.Value.GetProperty("reason").GetString());
    }
}
