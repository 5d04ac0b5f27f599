using System.Net;

namespace Gateway.Cli.Tests.Mcp;

/// <summary>What a client gets of a program behind <c>gateway mcp bridge</c>, over real sockets.</summary>
public sealed class BridgeProtocolTests : IDisposable
{
    private const string List = """{"jsonrpc":"2.0","id":7,"method":"tools/list"}""";

    private readonly CommandFolder _folder = CommandFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Session_FromItsOpeningToItsEnd_HasAProgramOfItsOwn()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var (one, two) = (await bridge.OpenAsync(), await bridge.OpenAsync());

        Assert.Equal("1", (await one.ResultAsync("echo", """{"a":1}""")).GetProperty("a").GetRawText());
        Assert.NotEqual((await one.ResultAsync("family"))[0].GetInt32(), (await two.ResultAsync("family"))[0].GetInt32());
        Assert.Equal(HttpStatusCode.Accepted, (await one.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await one.EndAsync()).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await one.CallAsync("echo")).Status);
        Assert.Equal(HttpStatusCode.OK, (await two.CallAsync("echo")).Status);
    }

    [Fact]
    public async Task MessageOverSeveralLines_ArrivesAsOne_WithEachOtherByteAsItWas()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        var given = await session.ResultAsync("echo", "{\n\t\"text\" :\r\n \"na\\u00efve \\n 😀\",\n\"n\": 12345678901234567890}");
        Assert.Equal("naïve \n 😀", given.GetProperty("text").GetString());
        Assert.Equal("12345678901234567890", given.GetProperty("n").GetRawText());
    }

    [Fact]
    public async Task QuestionOfTheProgram_GoesIntoTheCallsStream_AndTheAnswerBack()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        using var stream = await bridge.StreamAsync(HttpMethod.Post, session.Call("roots"), session.Id);
        Assert.Contains("roots/list", await MessageAsync(stream), StringComparison.Ordinal);

        var answer = await session.SendAsync("""{"jsonrpc":"2.0","id":"ask-1","result":{"roots":["here"]}}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Contains("here", await MessageAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task QuestionBetweenTwoCalls_WaitsForWhoListens_OrForTheNextCall()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, program: [.. RunningBridge.Server, "--asks"]);
        var (listening, calling) = (await bridge.OpenAsync(), await bridge.OpenAsync());
        foreach (var session in new[] { listening, calling })
        {
            await session.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        }

        using var stream = await bridge.StreamAsync(HttpMethod.Get, null, listening.Id);
        Assert.Contains("\"early\"", await MessageAsync(stream), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await bridge.SendAsync(HttpMethod.Get, null, listening.Id)).Status);

        // The question may come while the first call runs, or have come before it; in either case it is seen.
        var answer = await calling.CallAsync("echo");
        Assert.Equal("early", answer.Messages[0].GetProperty("id").GetString());
        Assert.Equal(2, answer.Messages.Count);
    }

    [Fact]
    public async Task Progress_GoesIntoTheStreamOfItsCall_BeforeTheAnswer()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var answer = await (await bridge.OpenAsync()).CallAsync("progress");
        Assert.Equal("text/event-stream", answer.Type);
        Assert.Equal([0, 1, 2], answer.Messages.SkipLast(1).Select(one => one.GetProperty("params").GetProperty("progress").GetInt32()));
        Assert.True(answer.Messages[^1].TryGetProperty("result", out _));
    }

    [Fact]
    public async Task ClientThatTakesNoStream_GetsTheAnswerAlone()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        var answer = await bridge.SendAsync(HttpMethod.Post, session.Call("progress"), session.Id, ("Accept", "application/json"));
        Assert.Equal("application/json", answer.Type);
        Assert.True(Assert.Single(answer.Messages).TryGetProperty("result", out _));
    }

    /// <summary>As official servers of the older protocols answer it, so that a client of both falls back.</summary>
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"server/discover"}""", "2026-07-28")]
    [InlineData(
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"x"}}}""",
        null
    )]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""", "2026-07-28")]
    public async Task ProtocolWithoutSessions_IsRefusedWith400_AndTheId(string body, string? version)
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var answer = await bridge.SendAsync(HttpMethod.Post, body, null, ("MCP-Protocol-Version", version));
        Assert.Equal((HttpStatusCode.BadRequest, -32000), (answer.Status, answer.Code));
        Assert.Equal("1", answer.Messages[0].GetProperty("id").GetRawText());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[" + List + "]")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"id":8,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"a":1,"a":2}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7.5,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","result":{}}""")]
    [InlineData("""{"jsonrpc":"1.0","id":7,"method":"tools/list"}""")]
    [InlineData("""{"id":7,"method":"tools/list"}""")]
    [InlineData(List + "\n" + List)]
    [InlineData("not json")]
    public async Task WhatCanBeReadInTwoWays_IsRefused(string body)
    {
        await using var bridge = await RunningBridge.StartAsync(_folder);
        var session = await bridge.OpenAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await session.SendAsync(body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await session.CallAsync("echo")).Status);
    }

    [Fact]
    public async Task RequestThatIsNone_IsRefused()
    {
        await using var bridge = await RunningBridge.StartAsync(_folder, "--max-message-bytes 2000");
        var session = await bridge.OpenAsync();
        var long_ = session.Call("echo", $"{{\"a\":\"{new string('a', 3000)}\"}}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await session.SendAsync(long_)).Status);
        await AssertAsync(HttpStatusCode.UnsupportedMediaType, HttpMethod.Post, List, ("Content-Type", "text/plain"));
        await AssertAsync(HttpStatusCode.NotAcceptable, HttpMethod.Post, List, ("Accept", "text/html"));
        await AssertAsync(HttpStatusCode.NotAcceptable, HttpMethod.Get, null, ("Accept", "application/json"));
        await AssertAsync(HttpStatusCode.BadRequest, HttpMethod.Post, BridgeSession.Initialize);
        await AssertAsync(HttpStatusCode.BadRequest, HttpMethod.Post, List, ("Mcp-Session-Id", null));
        await AssertAsync(HttpStatusCode.NotFound, HttpMethod.Post, List, ("Mcp-Session-Id", "another"));
        await AssertAsync(HttpStatusCode.MethodNotAllowed, HttpMethod.Put, List);

        async Task AssertAsync(HttpStatusCode status, HttpMethod method, string? body, params (string, string?)[] headers) =>
            Assert.Equal(status, (await bridge.SendAsync(method, body, session.Id, headers)).Status);
    }

    private static async Task<string> MessageAsync(StreamReader stream)
    {
        while (true)
        {
            var line = await stream.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.NotNull(line);
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
