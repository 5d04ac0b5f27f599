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
}
