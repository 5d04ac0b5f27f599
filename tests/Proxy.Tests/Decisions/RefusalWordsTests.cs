using System.Net;
using System.Text.Json;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>Who is refused is told why in the words of whoever wrote the rule or the gate.</summary>
public sealed class RefusalWordsTests : IAsyncLifetime
{
    private static readonly string Documents = string.Join(
        "\n---\n",
        [
            DoorDocuments.Agent("asking"),
            DoorDocuments.Permission("asking", "openai"),
            """
            apiVersion: gateway/v1
            kind: Policy
            metadata: {tenant: demo, name: words}
            spec:
              rules:
                - name: no-embeddings
                  effect: block
                  match: {tool_names: [openai/embeddings]}
                  message: "Embeddings come from the search team: ask in #search."
                - name: ask-first
                  effect: require_approval
                  match: {tool_names: [openai/moderations]}
            """,
            """
            apiVersion: gateway/v1
            kind: ApprovalGate
            metadata: {tenant: demo, name: moderating}
            spec: {active: true, operations: [moderations], connectors: [openai], approverGroups: [safety], message: "Safety says yes or no."}
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
    public async Task Refusal_has_the_message_of_the_rule()
    {
        var (message, id) = await RefusedAsync("/v1/embeddings", """{"model":"text-embedding-3-small","input":"x"}""");

        Assert.StartsWith("openai/embeddings: Embeddings come from the search team: ask in #search. ", message, StringComparison.Ordinal);
        Assert.EndsWith($"(policy_rule, {id})", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demand_for_an_approval_has_the_message_of_the_gate()
    {
        var (message, id) = await RefusedAsync("/v1/moderations", """{"model":"gpt-4o","input":"x"}""");

        Assert.StartsWith("openai/moderations: Safety says yes or no. ", message, StringComparison.Ordinal);
        Assert.Contains(id, message, StringComparison.Ordinal);
    }

    private async Task<(string Message, string Id)> RefusedAsync(string path, string body)
    {
        using var request = _gateway.Request(HttpMethod.Post, path, body);
        request.Headers.Add("Authorization", $"Bearer {await _gateway.NewBearerAsync("asking")}");
        using var response = await _gateway.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Forbidden, text);
        var refusal = JsonDocument.Parse(text).RootElement;
        return (
            refusal.GetProperty("error").GetProperty("message").GetString()!,
            refusal.GetProperty("gateway").GetProperty("decision_id").GetString()!
        );
    }
}
