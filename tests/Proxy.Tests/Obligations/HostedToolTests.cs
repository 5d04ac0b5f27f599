using System.Net;
using System.Text.Json;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>Tools that the provider would run: refused unless listed, and each judged as an operation of its own.</summary>
public sealed class HostedToolTests : IAsyncLifetime
{
    private static readonly string Documents = string.Join(
        "\n---\n",
        [
            DoorDocuments.Model(
                "searching",
                """
                  hostedTools:
                    - {name: web_search, action: read, risk: low}
                    - {name: code_interpreter, action: code, risk: medium}
                """
            ),
            DoorDocuments.Agent("searcher"),
            DoorDocuments.Permission("searcher", "searching", operations: "[responses, chat, web_search]"),
            DoorDocuments.Agent("everything"),
            DoorDocuments.Permission("everything", "searching"),
            DoorDocuments.Agent("talker"),
            DoorDocuments.Permission("talker", "searching", operations: "[responses, chat]"),
            DoorDocuments.Agent("trying"),
            DoorDocuments.Permission("trying", "searching", operations: "[chat]"),
            """
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: trying-search}
            spec: {agent: trying, connector: searching, operations: [web_search], auditLogging: true, dryRun: true}
            """,
        ]
    );

    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, data: null, Documents);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Tool_that_isnt_listed_is_refused_whoever_asks()
    {
        using var response = await AskAsync("everything", "image_generation");

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "unsupported_feature");
    }

    [Fact]
    public async Task Listed_tool_goes_through_for_an_agent_that_may_use_it_and_is_on_record()
    {
        using var response = await AskAsync("searcher", "web_search");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, await _provider.CountAsync());
        var decision = Recorded.Find(_gateway.JournalPath, response).Decision!.Value;
        Assert.Equal(["web_search"], decision.GetProperty("hosted_tools").EnumerateArray().Select(t => t.GetString()));
    }

    [Theory]
    [InlineData("talker", "web_search", "tool_not_permitted")]
    [InlineData("searcher", "code_interpreter", "tool_not_permitted")]
    [InlineData("everything", "code_interpreter", "approval_gate_missing")]
    public async Task Listed_tool_is_judged_as_itself_and_blocks_the_whole_call(string agent, string tool, string reason)
    {
        using var response = await AskAsync(agent, tool);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, reason);
        Assert.Equal("block", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
    }

    [Fact]
    public async Task Obligation_of_a_tool_binds_the_whole_call()
    {
        using var request = _gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"searching-1","messages":[{"role":"user","content":"x"}],"web_search_options":{}}"""
        );
        request.Headers.Add("x-api-key", await _gateway.NewBearerAsync("trying"));
        using var response = await _gateway.SendAsync(request);

        Assert.Contains("\"dry_run\":true", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await _provider.CountAsync());
    }

    [Fact]
    public async Task Tool_alone_opens_no_model()
    {
        using var request = _gateway.Request(HttpMethod.Get, "/v1/models");
        request.Headers.Add("x-api-key", await _gateway.NewBearerAsync("searcher"));
        using var response = await _gateway.SendAsync(request);

        var models = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
        Assert.Equal(["searching-1"], models.EnumerateArray().Select(m => m.GetProperty("id").GetString()));
    }

    private async Task<HttpResponseMessage> AskAsync(string agent, string tool)
    {
        using var request = _gateway.Request(
            HttpMethod.Post,
            "/v1/responses",
            $$"""{"model":"searching-1","input":"hello","tools":[{"type":"{{tool}}"}]}"""
        );
        request.Headers.Add("x-api-key", await _gateway.NewBearerAsync(agent));
        return await _gateway.SendAsync(request);
    }

    private async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal((status, code), (response.StatusCode, error.GetProperty("code").GetString()));
        Assert.Equal(0, await _provider.CountAsync());
    }
}
