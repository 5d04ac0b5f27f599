using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>At the model doors a refusal keeps its dialect's shape, and says the same of the approval beside it.</summary>
public sealed class ApprovalDialectTests : IAsyncLifetime
{
    private const string Documents = """
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: chats}
        spec: {active: true, always: true, connectors: [openai, anthropic], approverGroups: [readers]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: readers}
        spec: {members: [cleo]}
        """;

    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, data: null, Documents);
        _key = await _gateway.NewBearerAsync("assistant");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("/v1/chat/completions", "gpt-4o-mini")]
    [InlineData("/v1/messages", "claude-sonnet-4-5")]
    public async Task Refusal_has_its_dialects_error_and_the_approval_beside_it(string path, string model)
    {
        var (status, refused) = await AskAsync(path, model);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        var asked = await ApproveAsync();
        Assert.Contains(asked.Id, refused.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        var approval = refused.GetProperty("gateway").GetProperty("approval");
        Assert.Equal(asked.Id, approval.GetProperty("id").GetString());
        Assert.EndsWith($"/v1/agent/approvals/{asked.Id}", approval.GetProperty("status_url").GetString(), StringComparison.Ordinal);
        Assert.Equal(asked.Ends, approval.GetProperty("expires_at").GetDateTimeOffset());

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(path, model, asked.Id)).Status);
        (status, refused) = await AskAsync(path, model, asked.Id);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("approval_already_used", refused.GetProperty("gateway").GetProperty("code").GetString());
        Assert.Equal(1, await _provider.CountAsync());
    }

    private async Task<ApprovalRecord> ApproveAsync()
    {
        var approvals = _gateway.Services.GetRequiredService<ApprovalStore>();
        var now = TimeProvider.System.GetUtcNow();
        var asked = Assert.Single(await approvals.ListAsync(RunningGateway.Demo, now, most: 10, CancellationToken.None));
        var vote = new ApprovalVote("cleo", Approves: true, asked.ViewDigest, now, "read it");
        Assert.Equal(VoteOutcome.Counted, (await approvals.VoteAsync(RunningGateway.Demo, asked.Id, vote, CancellationToken.None)).Outcome);
        return asked;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string path, string model, string? approval = null)
    {
        using var request = _gateway.Request(
            HttpMethod.Post,
            path,
            $$"""{"model":"{{model}}","max_tokens":8,"messages":[{"role":"user","content":"Hello"}]}"""
        );
        request.Headers.Authorization = new("Bearer", _key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        if (approval is not null)
        {
            request.Headers.Add("Gateway-Approval", approval);
        }

        using var response = await _gateway.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
