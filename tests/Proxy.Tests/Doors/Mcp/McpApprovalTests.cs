using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>People say yes to a call of a tool, and it is carried out once, whatever message it comes in.</summary>
public sealed class McpApprovalTests
{
    private const string Gate = """
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: deletions}
        spec: {active: true, always: true, connectors: [fixture], operations: [kit_delete], approverGroups: [readers]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: readers}
        spec: {members: [cleo]}
        """;

    [McpKitFact]
    public async Task Call_is_refused_with_its_approval_and_the_same_call_goes_through_once()
    {
        await using var server = await McpFixture.StartAsync();
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await StartAsync(server, provider);
        var client = new McpCaller(gateway, await gateway.NewBearerAsync(McpDocuments.Agent));

        var refused = await client.CallAsync("kit_delete", """{"id":"7"}""");
        var asked = await ApprovedClientTests.ApproveAsync(gateway);
        Assert.Contains(asked.Id, refused.Text, StringComparison.Ordinal);

        var other = await client.CallAsync("kit_delete", """{"id":"8"}""");
        Assert.Contains("approval", other.Text, StringComparison.Ordinal);
        Assert.Equal("Deleted 7", (await client.CallAsync("kit_delete", """{"id":"7"}""")).Content);
        var again = await client.CallAsync("kit_delete", """{"id":"7"}""");
        Assert.Contains("approval", again.Text, StringComparison.Ordinal);

        var deleted = (await server.StateAsync()).GetProperty("deleted").EnumerateArray().Select(id => id.GetString());
        Assert.Equal(["7"], deleted);
    }

    [McpKitFact]
    public async Task Of_many_equal_calls_at_once_one_uses_the_approval()
    {
        await using var server = await McpFixture.StartAsync();
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await StartAsync(server, provider);
        var client = new McpCaller(gateway, await gateway.NewBearerAsync(McpDocuments.Agent));
        await client.CallAsync("kit_delete", """{"id":"7"}""");
        await ApprovedClientTests.ApproveAsync(gateway);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.CallAsync("kit_delete", """{"id":"7"}""")));

        Assert.Single(replies, reply => reply.Text.Contains("Deleted 7", StringComparison.Ordinal));
        Assert.Single((await server.StateAsync()).GetProperty("deleted").EnumerateArray());
    }

    private static async Task<RunningGateway> StartAsync(McpFixture server, RunningStandIn provider) =>
        await RunningGateway.StartAsync(
            provider.Address,
            data: null,
            string.Join("\n---\n", await McpDocuments.OfFixtureAsync(server), Gate)
        );
}
