using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.StandIn;

/// <summary>The stand-in's help desk, as clients of both generations of MCP see it.</summary>
public sealed class McpServerTests
{
    private const string Token = "standin-mcp-token";
    private const string Modern = "2026-07-28";
    private const string Initialize = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{} } }
        """;

    [Fact]
    public async Task Session_FromItsOpeningToItsEnd_AnswersItsClient()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var (status, opened, session) = await PostAsync(standIn, Initialize);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("2025-06-18", opened.GetProperty("result").GetProperty("protocolVersion").GetString());
        Assert.NotNull(session);

        var call = Call("tools/call", "\"name\":\"orders_lookup\",\"arguments\":{\"order\":\"o-1\"}");
        var (_, answer, _) = await PostAsync(standIn, call, ("mcp-session-id", session));
        Assert.Equal("Ada Example", Structured(answer).GetProperty("customer").GetString());

        using var end = Request(HttpMethod.Delete, null, ("mcp-session-id", session));
        Assert.Equal(HttpStatusCode.NoContent, (await standIn.Client.SendAsync(end)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(standIn, call, ("mcp-session-id", session))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(standIn, call)).Status);
    }

    [Theory]
    [InlineData("orders_lookup", """{"order":"o-2"}""", "id")]
    [InlineData("notes_search", """{"text":"refund"}""", "rows")]
    [InlineData("refunds_create", """{"order":"o-2","amount":20}""", "status")]
    [InlineData("mail_send", """{"to":"a@example.com","text":"hello"}""", "status")]
    public async Task Tool_WithoutASession_GivesTheSameTwice(string tool, string arguments, string member)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var (_, answer, _) = await ModernAsync(standIn, "tools/call", $"\"name\":\"{tool}\",\"arguments\":{arguments}", tool);
        Assert.Equal("complete", answer.GetProperty("result").GetProperty("resultType").GetString());
        Assert.True(Structured(answer).TryGetProperty(member, out _));
        var text = answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
        Assert.True(JsonElement.DeepEquals(Structured(answer), JsonDocument.Parse(text).RootElement));
    }

    [Theory]
    [InlineData("orders_lookup", """{"order":"o-9"}""")]
    [InlineData("orders_lookup", "{}")]
    [InlineData("refunds_create", """{"order":"o-2","amount":0}""")]
    [InlineData("mail_send", """{"to":7,"text":"hello"}""")]
    public async Task Tool_WithArgumentsThatDontFit_SaysSoToTheModel(string tool, string arguments)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var (status, answer, _) = await ModernAsync(standIn, "tools/call", $"\"name\":\"{tool}\",\"arguments\":{arguments}", tool);
        Assert.Equal((HttpStatusCode.OK, true), (status, answer.GetProperty("result").GetProperty("isError").GetBoolean()));
    }

    [Theory]
    [InlineData("server/discover", "", "supportedVersions")]
    [InlineData("tools/list", "", "tools")]
    [InlineData("prompts/list", "", "prompts")]
    [InlineData("resources/list", "", "resources")]
    [InlineData("prompts/get", "\"name\":\"reply_to_customer\",\"arguments\":{\"order\":\"o-1\"}", "messages", "reply_to_customer")]
    [InlineData("resources/read", "\"uri\":\"desk://policies/refunds\"", "contents", "desk://policies/refunds")]
    public async Task Method_WithoutASession_IsAnswered(string method, string parameters, string member, string? name = null)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var (status, answer, _) = await ModernAsync(standIn, method, parameters, name);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEqual(0, answer.GetProperty("result").GetProperty(member).GetArrayLength());
    }

    [Theory]
    [InlineData("initialize", null, HttpStatusCode.NotFound, -32601)]
    [InlineData("ping", null, HttpStatusCode.NotFound, -32601)]
    [InlineData("tools/call", null, HttpStatusCode.BadRequest, -32020)]
    [InlineData("tools/call", "another", HttpStatusCode.BadRequest, -32020)]
    [InlineData("tools/call", "=?base64?%%?=", HttpStatusCode.BadRequest, -32020)]
    [InlineData("tools/call", "=?base64?bm8=?=", HttpStatusCode.OK, -32602)]
    public async Task Request_OfTheOtherGeneration_OrWithHeadersThatDiffer_IsRefused(
        string method,
        string? name,
        HttpStatusCode status,
        int code
    )
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var answer = await ModernAsync(standIn, method, "\"name\":\"no\"", name);
        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Version_ThatIsntSpoken_IsRefusedWithThoseThatAre()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var body = Meta("tools/list", "").Replace(Modern, "2027-01-01", StringComparison.Ordinal);
        var (status, answer, _) = await PostAsync(standIn, body, ("mcp-protocol-version", "2027-01-01"), ("mcp-method", "tools/list"));
        Assert.Equal((HttpStatusCode.BadRequest, -32022), (status, answer.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal(Modern, answer.GetProperty("error").GetProperty("data").GetProperty("supported")[0].GetString());
    }

    [Theory]
    [InlineData("description", "notes_search")]
    [InlineData("schema", "mail_send")]
    [InlineData("added", "orders_export")]
    public async Task Drift_ChangesOneDefinition_AndNoneChangesItBack(string kind, string tool)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var before = await ToolsAsync(standIn);
        Assert.Equal(HttpStatusCode.OK, (await standIn.Client.PostAsync($"/__drift?kind={kind}", null)).StatusCode);

        var after = await ToolsAsync(standIn);

        Assert.Equal([tool], after.Where(one => before.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key));
        await standIn.Client.PostAsync("/__drift?kind=none", null);
        Assert.Equal(before, await ToolsAsync(standIn));
        Assert.Equal(HttpStatusCode.BadRequest, (await standIn.Client.PostAsync("/__drift?kind=other", null)).StatusCode);
    }

    [Fact]
    public async Task Progress_Asked_MakesAStreamOfTheAnswer()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var body = Meta("tools/call", "\"name\":\"notes_search\",\"arguments\":{}", ",\"progressToken\":\"p-1\"");
        using var request = Request(
            HttpMethod.Post,
            body,
            ("mcp-protocol-version", Modern),
            ("mcp-method", "tools/call"),
            ("mcp-name", "notes_search")
        );
        var events = await (await standIn.Client.SendAsync(request)).DataAsync();
        Assert.Contains("\"p-1\"", events[0], StringComparison.Ordinal);
        Assert.Equal(12, Structured(JsonDocument.Parse(events[1]).RootElement).GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task WithoutItsToken_OrFromAWebPage_NobodyIsAnswered()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(standIn, Initialize, ("authorization", "Bearer another"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(standIn, Initialize, ("origin", "http://127.0.0.1"))).Status);
    }

    /// <summary>All that an official client of each generation can ask.</summary>
    [McpKitFact]
    public async Task OfficialClients_AreServed()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        foreach (var (sdk, era, spoken) in new[] { ("v1", "legacy", "legacy"), ("v2", "modern", "modern"), ("v2", "auto", "modern") })
        {
            string[] line =
            [
                McpKitFactAttribute.Client,
                .. new[] { "--url", $"{standIn.Address}mcp", "--sdk", sdk, "--era", era, "--call", "orders_lookup" },
                .. new[] { "--args", """{"order":"o-1"}""", "--header", $"Authorization: Bearer {Token}" },
            ];
            using var client = Process.Start(new ProcessStartInfo(McpKitFactAttribute.Node, line) { RedirectStandardOutput = true })!;
            var report = JsonDocument.Parse(await client.StandardOutput.ReadToEndAsync()).RootElement;
            await client.WaitForExitAsync();
            Assert.True(report.GetProperty("failed").GetInt32() == 0, report.ToString());
            Assert.Equal(spoken, report.GetProperty("eraSpoken").GetString());
        }
    }

    private static JsonElement Structured(JsonElement answer) => answer.GetProperty("result").GetProperty("structuredContent");

    private static async Task<Dictionary<string, string>> ToolsAsync(RunningStandIn standIn)
    {
        var (_, answer, _) = await ModernAsync(standIn, "tools/list", "");
        return answer
            .GetProperty("result")
            .GetProperty("tools")
            .EnumerateArray()
            .ToDictionary(tool => tool.GetProperty("name").GetString()!, tool => tool.GetRawText());
    }

    private static string Call(string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{ {{parameters}} } }""";

    private static string Meta(string method, string parameters, string more = "")
    {
        var meta = $$"""
            "_meta":{"io.modelcontextprotocol/protocolVersion":"{{Modern}}","io.modelcontextprotocol/clientCapabilities":{}{{more}}}
            """;
        return Call(method, parameters.Length == 0 ? meta : $"{parameters},{meta}");
    }

    private static Task<(HttpStatusCode Status, JsonElement Body, string? Session)> ModernAsync(
        RunningStandIn standIn,
        string method,
        string parameters,
        string? name = null
    )
    {
        (string, string?)[] headers = [("mcp-protocol-version", Modern), ("mcp-method", method), ("mcp-name", name)];
        return PostAsync(standIn, Meta(method, parameters), headers);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body, string? Session)> PostAsync(
        RunningStandIn standIn,
        string body,
        params (string Name, string? Value)[] headers
    )
    {
        using var request = Request(HttpMethod.Post, body, headers);
        using var answer = await standIn.Client.SendAsync(request);
        var session = answer.Headers.TryGetValues("mcp-session-id", out var ids) ? ids.Single() : null;
        return (answer.StatusCode, await answer.JsonAsync(), session);
    }

    private static HttpRequestMessage Request(HttpMethod method, string? body, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(method, "/mcp")
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", $"Bearer {Token}");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
