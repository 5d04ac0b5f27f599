using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>A session's handle is its agent's, on every replica and after a restart; nobody else's, and no other text, is one.</summary>
public sealed class McpSessionsTests(McpDoorFixture door) : IClassFixture<McpDoorFixture>
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}""";

    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    [McpKitFact]
    public async Task Session_is_its_agents_alone_and_not_the_servers_own_id()
    {
        var session = (await door.Client.SendAsync(Initialize)).Session!;

        Assert.Equal(200, (await door.Client.SendAsync(Ping, ("Mcp-Session-Id", session))).Status);
        Assert.Equal(404, (await door.Other.SendAsync(Ping, ("Mcp-Session-Id", session))).Status);
        Assert.Equal(404, (await door.Client.SendAsync(Ping, ("Mcp-Session-Id", session[..^2] + "AA"))).Status);
        Assert.Equal(404, (await door.Client.SendAsync(Ping, ("Mcp-Session-Id", "2b0c6a46-1b2c-4c5d-8e9f-000000000000"))).Status);
    }

    [McpKitFact]
    public async Task Session_begun_at_one_replica_goes_on_at_another_and_after_a_restart()
    {
        await using var provider = await RunningStandIn.StartAsync();
        using var data = new TemporaryDirectory();
        var documents = await McpDocuments.OfFixtureAsync(door.Server);
        string session;
        string key;
        await using (var first = await RunningGateway.StartAsync(provider.Address, data.Path, documents))
        {
            key = await first.NewBearerAsync(McpDocuments.Agent);
            session = (await new McpCaller(first, key).SendAsync(Initialize)).Session!;
        }

        await using var second = await RunningGateway.StartAsync(provider.Address, data.Path, documents);
        var client = new McpCaller(second, key);

        Assert.Equal(200, (await client.SendAsync(Ping, ("Mcp-Session-Id", session))).Status);
        var call = await client.SendAsync(
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"test_simple_text","arguments":{}}}""",
            ("Mcp-Session-Id", session)
        );
        Assert.Contains("simple text response", call.Content, StringComparison.Ordinal);
    }

    [McpKitTheory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"Method":"tools/call","method":"ping"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"kit_delete","Name":"test_simple_text"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"Kit_delete","arguments":{"id":"1"}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"kit_deleteｅ","arguments":{"id":"1"}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/destroy","params":{}}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{}}""", -32601)]
    [InlineData("not json", -32700)]
    public async Task Message_that_two_readers_could_take_differently_reaches_nobody(string message, int code)
    {
        await door.Server.PostAsync("/__kit/reset");
        var session = (await door.Client.SendAsync(Initialize)).Session!;

        var reply = await door.Client.SendAsync(message, ("Mcp-Session-Id", session));

        Assert.Equal(code, reply.Code);
        Assert.DoesNotContain("\"id\":null", reply.Text, StringComparison.Ordinal);
        var state = await door.Server.StateAsync();
        Assert.Empty(state.GetProperty("calls").EnumerateArray());
        Assert.Empty(state.GetProperty("deleted").EnumerateArray());
    }

    [McpKitTheory]
    [InlineData("Mcp-Name", "test_simple_text")]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("MCP-Protocol-Version", "2025-11-25")]
    public async Task Headers_that_say_something_else_than_the_body_reach_nobody(string header, string value)
    {
        await door.Server.PostAsync("/__kit/reset");
        (string, string)[] headers =
        [
            .. new[] { ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "kit_delete") }.Select(sent =>
                sent.Item1 == header ? (header, value) : sent
            ),
        ];

        var body = McpCaller.Modern("tools/call", "\"name\":\"kit_delete\",\"arguments\":{\"id\":\"1\"}");
        var reply = await door.Client.SendAsync(body, headers);

        Assert.Equal(-32020, reply.Code);
        Assert.Equal(400, reply.Status);
        Assert.Empty((await door.Server.StateAsync()).GetProperty("deleted").EnumerateArray());
    }

    [McpKitFact]
    public async Task Page_of_another_origin_is_refused_and_nothing_of_its_call_is_read()
    {
        var reply = await door.Client.SendAsync(Ping, ("Origin", "https://evil.example"));

        Assert.Equal(403, reply.Status);
    }
}
