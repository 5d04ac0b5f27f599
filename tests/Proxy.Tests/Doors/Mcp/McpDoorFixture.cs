using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>A gateway in front of the kit's server, with one agent that may use all of it and one that may use nothing.</summary>
public sealed class McpDoorFixture : IAsyncLifetime
{
    private RunningStandIn _provider = null!;

    internal McpFixture Server { get; private set; } = null!;

    internal RunningGateway Gateway { get; private set; } = null!;

    internal McpCaller Client { get; private set; } = null!;

    /// <summary>Another agent with the same permissions.</summary>
    internal McpCaller Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!McpKit.IsInstalled)
        {
            return; // Its facts are skipped.
        }

        Server = await McpFixture.StartAsync();
        _provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                await McpDocuments.OfFixtureAsync(Server),
                DoorDocuments.Agent("mcp-other", "  bearerTools: true\n  rate: none"),
                DoorDocuments.Permission("mcp-other", "fixture")
            )
        );
        Client = new McpCaller(Gateway, await Gateway.NewBearerAsync(McpDocuments.Agent));
        Other = new McpCaller(Gateway, await Gateway.NewBearerAsync("mcp-other"));
    }

    public async Task DisposeAsync()
    {
        if (McpKit.IsInstalled)
        {
            await Gateway.DisposeAsync();
            await _provider.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
