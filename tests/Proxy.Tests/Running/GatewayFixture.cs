using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Running;

/// <summary>
/// One gateway and one provider for the tests of a class. Beside the samples there are: <c>scripted</c>, whose bearer opens tools too; the tenant
/// <c>other</c> with an agent of its own.
/// </summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private const string Documents = """
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: scripted}
        spec:
          workspace: main
          owners: {human: Ada Sample, security: Ben Sample}
          purpose: Calls tools with a bearer key.
          status: active
          level: L2
          risk: low
          bearerTools: true
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: scripted-crm}
        spec:
          agent: scripted
          connector: crm
          operations: [list-contacts, get-contact, create-note]
          auditLogging: true
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: scripted-openai}
        spec:
          agent: scripted
          connector: openai
          operations: "*"
          auditLogging: true
        ---
        apiVersion: gateway/v1
        kind: DataFlow
        metadata: {tenant: demo, name: scripted-crm}
        spec: {agent: scripted, connector: crm, dataClasses: [pii]}
        ---
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: other}
        spec: {}
        ---
        apiVersion: gateway/v1
        kind: Workspace
        metadata: {tenant: other, name: main}
        spec: {environment: development}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: other, name: assistant}
        spec:
          workspace: main
          owners: {human: Cleo Other, security: Dan Other}
          purpose: Belongs to somebody else.
          status: active
          level: L3
          risk: low
        """;

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    /// <summary>Of the agent <c>assistant</c>.</summary>
    public RequestSigner Signer { get; private set; } = null!;

    /// <summary>Of the agent <c>scripted</c>.</summary>
    public string Bearer { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(Provider.Address, data: null, Documents, "--Gateway:FrontDoor:BodyTimeout=00:00:01");
        Signer = await Gateway.NewSignerAsync("assistant");
        Bearer = await Gateway.NewBearerAsync("scripted");

        // Until signatures of this moment count.
        using var warm = await Gateway.SendSignedAsync(Signer, () => Gateway.Request(HttpMethod.Get, "/tools/crm/contacts"));
        Assert.True(warm.IsSuccessStatusCode, await warm.Content.ReadAsStringAsync());
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
