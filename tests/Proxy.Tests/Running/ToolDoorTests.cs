using System.Net;
using Gateway.Proxy.Tests.Faults;
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

        using var first = await gateway.SendSignedAsync(signer, () => Note(gateway));
        using var second = await gateway.SendSignedAsync(signer, () => Note(gateway));

        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(first.Headers.GetValues("Gateway-Decision-Id"), second.Headers.GetValues("Gateway-Decision-Id"));
        Assert.Equal(1, await provider.CountAsync());
    }

    [Fact]
    public async Task An_idempotency_key_whose_action_was_not_sent_can_be_used_again()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var signer = await gateway.NewSignerAsync("assistant");
        using var warm = await gateway.SendSignedAsync(signer, () => gateway.Request(HttpMethod.Get, "/tools/crm/contacts/c-1"));
        Directory.Move(gateway.JournalPath, gateway.JournalPath + ".away");
        using var unrecorded = await gateway.SendSignedAsync(signer, () => Note(gateway));
        Directory.Move(gateway.JournalPath + ".away", gateway.JournalPath);
        await Waiting.ForAsync("the journal is written again", async () => (await gateway.ReadinessAsync()).Status == 200);

        using var first = await gateway.SendSignedAsync(signer, () => Note(gateway));
        using var second = await gateway.SendSignedAsync(signer, () => Note(gateway));

        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created, HttpStatusCode.Conflict],
            new[] { unrecorded, first, second }.Select(response => response.StatusCode)
        );
        Assert.Equal(2, await provider.CountAsync()); // The one that went before, and one note.
    }

    private static HttpRequestMessage Note(RunningGateway gateway)
    {
        var request = gateway.Request(HttpMethod.Post, "/tools/crm/contacts/c-1/notes", """{"text":"hello"}""");
        request.Headers.Add("Idempotency-Key", "note-1");
        return request;
    }
}
