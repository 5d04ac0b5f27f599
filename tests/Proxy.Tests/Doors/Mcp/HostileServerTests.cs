using System.Text.RegularExpressions;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>A server that says whatever a test wants, behind a rule that redacts addresses and cuts rows.</summary>
public sealed class HostileServer : IAsyncLifetime
{
    private static readonly string[] Tools = ["comment", "mark", "foreign", "again", "refused", "ask", "rows", "text", "failed"];

    private RunningStandIn _provider = null!;

    public ScriptedUpstream Upstream { get; } = new();

    internal RunningGateway Gateway { get; private set; } = null!;

    internal McpCaller Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                DoorDocuments.Agent("guarded", "  bearerTools: true\n  rate: none"),
                DoorDocuments.Permission("guarded", "hostile"),
                McpDocuments.Connector("hostile", new Uri(Upstream.Address, "mcp"), Tools, []),
                """
                apiVersion: gateway/v1
                kind: Policy
                metadata: {tenant: demo, name: hostile}
                spec:
                  rules:
                    - name: addresses
                      effect: degrade
                      match: {identities: [guarded]}
                      obligations:
                        redact_response: {patterns: [email]}
                    - name: rows
                      effect: degrade
                      match: {tool_names: [hostile/rows, hostile/text, hostile/failed], identities: [guarded]}
                      obligations:
                        row_limit: {at: /rows, rows: 1}
                """
            )
        );
        Client = new McpCaller(Gateway, await Gateway.NewBearerAsync("guarded"), "hostile");
        var listed = string.Join(",", Tools.Select(tool => $"{{\"name\":\"{tool}\",\"inputSchema\":{{\"type\":\"object\"}}}}"));
        Upstream.Expect("tools/list").Begin = connection =>
            connection.EndAsync(
                Json($"{{\"jsonrpc\":\"2.0\",\"id\":{IdOf(connection)},\"result\":{{\"resultType\":\"complete\",\"tools\":[{listed}]}}}}")
            );
    }

    /// <summary>What the server says to a call of a tool; ID stands for the call's id.</summary>
    public void Says(string tool, string answer) =>
        Upstream.Expect($"\"name\":\"{tool}\"").Begin = connection =>
            connection.EndAsync(answer.Replace("ID", IdOf(connection), StringComparison.Ordinal));

    public static string Json(string body, string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n\r\n{body}";

    public static string Events(string events) => $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n{events}";

    private static string IdOf(ScriptedConnection connection) =>
        Regex.Match(connection.Request, "\"id\":(\"[^\"]+\"|[0-9]+)").Groups[1].Value;

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}

/// <summary>Nothing that a server says gets past what is demanded of its answers; what isn't the answer doesn't pass for it.</summary>
public sealed class HostileServerTests(HostileServer server) : IClassFixture<HostileServer>
{
    private const string Told =
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"complete","content":[{"type":"text","text":"to ada@example.com"}]}}""";

    [Fact]
    public async Task Event_behind_a_comment_is_read_as_any_other()
    {
        server.Says("comment", HostileServer.Events($": x\nid: 7\ndata: {Told}\n\n"));

        var reply = await server.Client.CallAsync("comment");

        Assert.Contains("[redacted:email]", reply.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_behind_a_byte_order_mark_is_replaced_as_any_other()
    {
        server.Says("mark", HostileServer.Events($"\uFEFFdata: {Told}\n\n"));

        var reply = await server.Client.CallAsync("mark");

        Assert.DoesNotContain("ada@", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_to_another_request_ends_the_call()
    {
        server.Says("foreign", HostileServer.Json("""{"jsonrpc":"2.0","id":"other","result":{"resultType":"complete","content":[]}}"""));

        var reply = await server.Client.CallAsync("foreign");

        Assert.Contains("another request", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_answer_reaches_nobody()
    {
        server.Says(
            "again",
            HostileServer.Events($"data: {Told}\n\ndata: {Told.Replace("to ada", "again", StringComparison.Ordinal)}\n\n")
        );

        var reply = await server.Client.CallAsync("again");

        Assert.DoesNotContain("again", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_in_a_failure_reaches_nobody()
    {
        server.Says("refused", HostileServer.Json(Told, "400 Bad Request"));

        var reply = await server.Client.CallAsync("refused");

        Assert.Contains("upstream_failed", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("redacted", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_that_the_connector_does_not_list_reaches_nobody()
    {
        server.Says(
            "ask",
            HostileServer.Json(
                """{"jsonrpc":"2.0","id":ID,"error":{"code":-32042,"message":"x","data":{"elicitations":[{"mode":"url","url":"https://evil.example/"}]}}}"""
            )
        );

        var reply = await server.Client.CallAsync("ask");

        Assert.DoesNotContain("evil.example", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_cut_in_each_place_where_they_stand()
    {
        server.Says(
            "rows",
            HostileServer.Json(
                """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"complete","structuredContent":{"rows":[1,2,3]},"content":[{"type":"text","text":"{\"rows\":[1,2,3]}"}]}}"""
            )
        );

        var reply = await server.Client.CallAsync("rows");

        Assert.Equal("[1]", reply.Result.GetProperty("structuredContent").GetProperty("rows").ToString());
        Assert.Equal("""{"rows":[1]}""", reply.Content);
    }

    [Theory]
    [InlineData("text", "three rows: 1, 2, 3")]
    [InlineData("text", "[1,2,3")]
    public async Task Rows_that_nobody_can_count_are_withheld(string tool, string text)
    {
        server.Says(
            tool,
            HostileServer.Json(
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\""
                    + text
                    + "\"}]}}"
            )
        );

        var reply = await server.Client.CallAsync(tool);

        Assert.DoesNotContain("1,", reply.Text, StringComparison.Ordinal);
        Assert.Contains("obligation_unmet", reply.Text, StringComparison.Ordinal);
    }
}
