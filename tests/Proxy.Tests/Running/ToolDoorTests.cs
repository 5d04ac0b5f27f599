using System.Net;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Running;

public sealed class ToolDoorTests
{
    [Fact]
    public async Task A_signed_tool_call_reaches_the_tool_with_the_vaults_credential_and_without_the_agents()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var signer = await gateway.NewSignerAsync("assistant");

        using var response = await gateway.SendSignedAsync(signer, () => gateway.Request(HttpMethod.Get, "/tools/crm/contacts/c-1"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        var seen = Assert.Single(await provider.SeenAsync()).GetProperty("headers");
        Assert.Contains(RunningStandIn.CrmToken, seen.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("signature", seen.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("gateway-", seen.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_idempotency_key_acts_once_and_names_the_earlier_decision()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var signer = await gateway.NewSignerAsync("assistant");
        HttpRequestMessage Note()
        {
            var request = gateway.Request(HttpMethod.Post, "/tools/crm/contacts/c-1/notes", """{"text":"hello"}""");
            request.Headers.Add("Idempotency-Key", "note-1");
            return request;
        }

        using var first = await gateway.SendSignedAsync(signer, Note);
        using var second = await gateway.SendSignedAsync(signer, Note);

        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(first.Headers.GetValues("Gateway-Decision-Id"), second.Headers.GetValues("Gateway-Decision-Id"));
        Assert.Equal(1, await provider.CountAsync());
    }
}
