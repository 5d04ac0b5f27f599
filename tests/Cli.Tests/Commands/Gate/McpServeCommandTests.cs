using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Gate;

/// <summary><c>gateway mcp serve</c> as a process, called over real sockets.</summary>
public sealed class McpServeCommandTests : IDisposable
{
    private const string Token = "a-token-that-is-long-enough";
    private const string Serve =
        "mcp serve --policy gait-out/demo_policy.yaml --private-key keys/gait_private.key --trace-dir traces --listen 127.0.0.1:0";
    private const string Search = """{"call":{"name":"tool.search","args":{"query":"q"}}}""";
    private const string Delete =
        """{"adapter":"openai","call":{"type":"function","function":{"name":"tool.delete_user","arguments":"{\"user_id\":\"u\"}"}}}""";

    private readonly CommandFolder _folder = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("mcp", """{"name":"tool.delete_user","args":{"user_id":"u"}}""")]
    [InlineData("openai", """{"type":"function","function":{"name":"tool.delete_user","arguments":"{\"user_id\":\"u\"}"}}""")]
    [InlineData("anthropic", """{"type":"tool_use","name":"tool.delete_user","input":{"user_id":"u"}}""")]
    [InlineData("langchain", """{"tool":"tool.delete_user","tool_input":{"user_id":"u"}}""")]
    public async Task EveryShapeOfCall_IsJudged_AndItsTraceVerifies(string adapter, string call)
    {
        var address = await StartAsync();
        var (status, _, body) = await PostAsync(
            address,
            "/v1/evaluate",
            $$"""{"adapter":"{{adapter}}","call":{{call}},"run_id":"run_one"}"""
        );

        var answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal(
            (HttpStatusCode.Forbidden, true, "block", 3, false, "run_one"),
            (
                status,
                answer.GetProperty("ok").GetBoolean(),
                answer.GetProperty("verdict").GetString(),
                answer.GetProperty("exit_code").GetInt32(),
                answer.GetProperty("executed").GetBoolean(),
                answer.GetProperty("run_id").GetString()
            )
        );
        (await _folder.RunAsync("trace verify traces --public-key keys/gait_public.key")).Ended(0);
    }

    [Theory]
    [InlineData("crm/get-contact", HttpStatusCode.OK, "allow")]
    [InlineData("crm/tag-contact", HttpStatusCode.Conflict, "dry_run")]
    [InlineData("crm/refund", HttpStatusCode.Conflict, "require_approval")]
    [InlineData("crm/delete-contact", HttpStatusCode.Forbidden, "block")]
    [InlineData("tool.search", HttpStatusCode.Forbidden, "block")]
    public async Task ACallOfAGovernedAgent_IsJudgedByTheControls_AndItsTraceVerifies(string tool, HttpStatusCode wanted, string verdict)
    {
        await PrepareAsync();
        const string Governed = "--governance governance --agent assistant --strength signed";
        var address = await AddressAsync(Start(Serve.Replace("--policy gait-out/demo_policy.yaml", Governed, StringComparison.Ordinal)));

        var (status, _, body) = await PostAsync(address, "/v1/evaluate", $$"""{"call":{"args":{},"name":"{{tool}}"} }""");

        var answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal(
            (wanted, verdict, verdict),
            (status, answer.GetProperty("verdict").GetString(), answer.GetProperty("governance").GetProperty("verdict").GetString())
        );
        (await _folder.RunAsync("trace verify traces --public-key keys/gait_public.key")).Ended(0);
    }

    [Fact]
    public async Task ACallThatTheRulesAllow_IsBlockedByTheControls()
    {
        var address = await StartAsync("--governance governance --agent assistant --strength signed");
        var (status, _, body) = await PostAsync(address, "/v1/evaluate", Search);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("tool_not_permitted", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameAnswer_ComesInThreeShapes()
    {
        var address = await StartAsync();
        var (_, json, plain) = await PostAsync(address, "/v1/evaluate", Search);
        var (_, events, sse) = await PostAsync(address, "/v1/evaluate/sse", Search);
        var (_, lines, ndjson) = await PostAsync(address, "/v1/evaluate/stream", Search);

        Assert.Equal(("application/json", "text/event-stream", "application/x-ndjson"), (json, events, lines));
        Assert.StartsWith("event: evaluate\ndata: {", sse, StringComparison.Ordinal);
        Assert.All(
            [plain, sse["event: evaluate\ndata: ".Length..], ndjson],
            text => Assert.Equal("allow", JsonDocument.Parse(text).RootElement.GetProperty("verdict").GetString())
        );
    }

    [Theory]
    [InlineData("", "one JSON object")]
    [InlineData("[]", "one JSON object")]
    [InlineData("""{"call":{"name":"a"},"call":{"name":"b"}}""", "one JSON object")]
    [InlineData("{}", "call:")]
    [InlineData("""{"call":"x"}""", "call:")]
    [InlineData("""{"call":{"args":{}}}""", "name")]
    [InlineData("""{"call":{"name":"a"},"adapter":"nobody"}""", "adapter:")]
    [InlineData("""{"call":{"name":"a"},"adapter":7}""", "adapter:")]
    [InlineData("""{"call":{"name":"a"},"extra":1}""", "extra:")]
    [InlineData("""{"call":{"name":"a"},"trace_path":"/etc/x"}""", "trace_path:")]
    public async Task WhatIsMalformed_IsRefusedByName(string body, string word)
    {
        var address = await StartAsync();
        var (status, _, text) = await PostAsync(address, "/v1/evaluate/sse", body);
        var answer = JsonDocument.Parse(text).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, false), (status, answer.GetProperty("ok").GetBoolean()));
        Assert.Contains(word, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoSuchRequest_IsRefused()
    {
        var address = await StartAsync("--max-request-bytes 100");
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await PostAsync(address, "/v1/evaluate", $"{{\"call\":{{\"name\":\"{new string('a', 200)}\"}}}}")).Status
        );
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(address, "/v1/evaluate", Search, type: "text/plain")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(address, "/v1/other", Search)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await PostAsync(address, "/healthz", "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(address, "/v1/evaluate", Search, header: ("Host", "page.example"))).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await PostAsync(address, "/v1/evaluate", Search, header: ("Origin", "http://page.example"))).Status
        );
    }

    [Fact]
    public async Task WithCompat_EveryVerdictIs200()
    {
        var address = await StartAsync("--http-verdict-status compat");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(address, "/v1/evaluate", Delete)).Status);
    }

    [Fact]
    public async Task WithAToken_OnlyItsHolderIsAnswered()
    {
        _folder.Settings["CALLERS"] = Token;
        var address = await StartAsync("--auth-token-env CALLERS");
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(address, "/v1/evaluate", Search)).Status);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await PostAsync(address, "/v1/evaluate", Search, header: ("Authorization", $"Bearer {Token}x"))).Status
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await PostAsync(address, "/v1/evaluate", Search, header: ("Authorization", $"Bearer {Token}"))).Status
        );
    }

    [Theory]
    [InlineData("127.0.0.1:0", "0.0.0.0:0")]
    [InlineData("127.0.0.1:0", "[::]:0")]
    [InlineData("127.0.0.1:0", "192.0.2.1:80")]
    [InlineData("127.0.0.1:0", "nowhere")]
    [InlineData(" --private-key keys/gait_private.key", "")]
    [InlineData("--listen", "--auth-token-env NOT_SET --listen")]
    [InlineData("--listen", "--max-request-bytes 0 --listen")]
    public async Task WithoutWhatMakesItSafe_ItDoesntStart(string before, string after)
    {
        await PrepareAsync();
        (await _folder.RunAsync($"{Serve.Replace(before, after, StringComparison.Ordinal)} --json")).Ended(6).Envelope();
    }

    [Fact]
    public async Task WhatCannotBeTraced_GetsNoDecision()
    {
        var address = await StartAsync();
        Directory.Delete(_folder.FileOf("traces"), recursive: true);
        await File.WriteAllTextAsync(_folder.FileOf("traces"), "a file where the folder should be");
        var (status, _, body) = await PostAsync(address, "/v1/evaluate", Search);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.DoesNotContain("traces", body, StringComparison.Ordinal);
        Assert.DoesNotContain("verdict", body, StringComparison.Ordinal);
    }

    /// <summary>The published requests of the service: verdict and exit code as published.</summary>
    [SharedDataFact("gait/index.json")]
    public async Task PublishedRequests_AreAnsweredAsPublished()
    {
        await PrepareAsync();
        var root = Repository.Shared("gait");
        using var index = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, "index.json")));
        var cases = index
            .RootElement.GetProperty("mcp_cases")
            .EnumerateArray()
            .Where(one => one.GetProperty("id").GetString()!.StartsWith("mcp-serve/", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            using var server = Start(
                Serve.Replace(
                    "gait-out/demo_policy.yaml",
                    Path.Combine(root, one.GetProperty("policy").GetString()!),
                    StringComparison.Ordinal
                )
            );
            var address = await AddressAsync(server);
            var request = await File.ReadAllTextAsync(Path.Combine(root, one.GetProperty("request").GetString()!));
            var (_, _, body) = await PostAsync(address, one.GetProperty("endpoint").GetString()!.Split(' ')[1], request);
            var answer = JsonDocument.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
            foreach (var field in one.GetProperty("expected_response_fields").EnumerateObject())
            {
                Assert.Equal(field.Value.ToString(), answer.GetProperty(field.Name).ToString());
            }

            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private async Task PrepareAsync()
    {
        (await _folder.RunAsync("demo")).Ended(0);
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        Directory.CreateDirectory(_folder.FileOf("traces"));
    }

    private async Task<string> StartAsync(string more = "")
    {
        await PrepareAsync();
        return await AddressAsync(Start($"{Serve} {more}".Trim()));
    }

    private Process Start(string command) => _folder.Start(command.Split(' '));

    /// <summary>It says where it listens once it does.</summary>
    private static async Task<string> AddressAsync(Process server)
    {
        const string Begin = "listening on ";
        var line = await server.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith(Begin, line, StringComparison.Ordinal);
        return line![Begin.Length..];
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(
        string address,
        string path,
        string body,
        string type = "application/json",
        (string Name, string Value)? header = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address + path))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        if (header is var (name, value))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await _client.SendAsync(request, CancellationToken.None);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
