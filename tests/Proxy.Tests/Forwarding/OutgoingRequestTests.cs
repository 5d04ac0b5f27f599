using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Forwarding;

/// <summary>What of a request goes on: the declared headers, the judged body, and the vault's credential.</summary>
public sealed class OutgoingRequestTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Fact]
    public async Task Model_call_goes_on_with_its_body_and_the_vaults_key_and_nothing_else()
    {
        using var response = await doors.SendAsync(
            "prober",
            Loaded("/v1/chat/completions", """{"model":"gpt-4o","messages":[{"role":"user","content":"bare request"}]}""")
        );

        Assert.True(response.IsSuccessStatusCode);
        var seen = await doors.SeenAsync("bare request");
        Assert.Equal(["authorization", "content-length", "content-type", "host"], NamesOf(seen));
        Assert.Equal($"Bearer {StandIn.RunningStandIn.OpenAiKey}", seen.GetProperty("headers").GetProperty("authorization")[0].GetString());
        Assert.Equal(doors.Provider.Address.Authority, seen.GetProperty("headers").GetProperty("host")[0].GetString());
    }

    [Fact]
    public async Task Messages_go_on_with_the_version_that_the_client_speaks()
    {
        using var response = await doors.MessageAsync("bare message");

        Assert.True(response.IsSuccessStatusCode);
        var seen = await doors.SeenAsync("bare message");
        Assert.Equal(["anthropic-version", "content-length", "content-type", "host", "x-api-key"], NamesOf(seen));
        Assert.Equal("/anthropic/v1/messages", seen.GetProperty("target").GetString());
    }

    [Fact]
    public async Task Tool_call_goes_on_with_the_declared_headers_only()
    {
        doors.Upstream.Answer("declared-request", "HTTP/1.1 204 No Content\r\n\r\n");
        var request = Loaded("/tools/odd/declared-request", json: null);
        request.Headers.Add("X-Wanted", "yes");
        using var response = await doors.SendAsync("prober", request);

        Assert.Equal(204, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", """{"a":1}""")]
    [InlineData("PUT", """{"a":1}""")]
    [InlineData("POST", null)]
    [InlineData("DELETE", null)]
    public async Task Method_path_query_and_body_go_on_as_they_came(string method, string? body)
    {
        var word = $"as-is-{method}-{body?.Length ?? 0}";
        var script = doors.Upstream.Expect(word);
        var asked = doors.SendAsync("prober", Loaded($"/tools/odd/{word}/a%20b?x=%2F&y", body, method));
        var system = await script.ConnectionAsync();
        await system.EndAsync("HTTP/1.1 204 No Content\r\n\r\n");
        using var response = await asked;

        Assert.StartsWith($"{method} /base/{word}/a%20b?x=%2F&y HTTP/1.1\r\n", system.Request, StringComparison.Ordinal);
        Assert.Equal(body ?? "", system.Body);
        string[] ofTheBody = body is null ? [] : ["content-type"];
        string[] length = method is "GET" ? [] : ["content-length"]; // Of what acts also where it is 0: see SentOnceTests.
        Assert.Equal([.. length, .. ofTheBody, "host"], NamesOf(system.Request).Where(n => n is not "accept"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(65_000, 100)]
    [InlineData(65_536, 100)]
    [InlineData(300_000, 100)]
    public async Task Body_of_any_length_goes_on_whole_and_a_short_one_with_its_head_in_one_piece(int length, int mostPieces)
    {
        var content = $"in-pieces-{length}-{new string('a', length)}-end";
        var script = doors.Upstream.Expect($"in-pieces-{length}-");
        var asked = doors.ChatAsync(content, model: "scripted-1");
        var system = await script.ConnectionAsync();
        await system.EndAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        using var response = await asked;

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains($"\"{content}\"", system.Body, StringComparison.Ordinal);
        Assert.InRange(system.Pieces, 1, mostPieces);
    }

    [Fact]
    public async Task Chunked_body_goes_on_with_its_length()
    {
        var request = Loaded("/v1/chat/completions", """{"model":"gpt-4o","messages":[{"role":"user","content":"sent in chunks"}]}""");
        request.Headers.TransferEncodingChunked = true;
        using var response = await doors.SendAsync("prober", request);

        Assert.True(response.IsSuccessStatusCode);
        var headers = (await doors.SeenAsync("sent in chunks")).GetProperty("headers");
        Assert.False(headers.TryGetProperty("transfer-encoding", out _));
        Assert.True(headers.TryGetProperty("content-length", out _));
    }

    [Fact]
    public async Task Recorded_digest_is_that_of_the_body_that_arrived()
    {
        using var response = await doors.ChatAsync("digest that arrived", ",\"stream\":true");
        await ReadEvents.AllAsync(response);
        var body = (await doors.SeenAsync("digest that arrived")).GetProperty("bodyBase64").GetBytesFromBase64();

        Assert.Contains(
            Sha256Digest.Compute(body).ToString(),
            doors.RecordedOf(response).Decision!.Value.GetProperty("granted").GetProperty("content_digest").GetString(),
            StringComparison.Ordinal
        );
    }

    /// <summary>A request with every header that must stay behind.</summary>
    private HttpRequestMessage Loaded(string path, string? json, string? method = null)
    {
        var request = doors.Gateway.Request(new HttpMethod(method ?? (json is null ? "GET" : "POST")), path, json);
        foreach (
            var (name, value) in new[]
            {
                ("Cookie", "a=b"),
                ("User-Agent", "agent/1"),
                ("X-Forwarded-For", "10.0.0.1"),
                ("X-Forwarded-Proto", "https"),
                ("Forwarded", "for=10.0.0.1"),
                ("X-Real-IP", "10.0.0.1"),
                ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                ("Referer", "http://x/"),
                ("Origin", "http://x"),
                ("Accept-Encoding", "gzip, br"),
                ("X-Stainless-Lang", "js"),
                ("Gateway-Session", "run-1"),
                ("Expect", ""),
                ("Via", "1.1 x"),
                ("TE", "trailers"),
            }
        )
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static IEnumerable<string> NamesOf(JsonElement seen) =>
        seen.GetProperty("headers").EnumerateObject().Select(h => h.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(string request) =>
        request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
            .Split("\r\n")
            .Skip(1)
            .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant())
            .Order(StringComparer.Ordinal);
}
