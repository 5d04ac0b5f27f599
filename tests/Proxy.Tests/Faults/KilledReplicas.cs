using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Two replicas over one Redis and one PostgreSQL, with no rates, so that only kills refuse.</summary>
public sealed class KilledReplicas : IAsyncLifetime
{
    private RedisServer _redis = null!;

    public RunningStandIn Provider { get; private set; } = null!;

    public IReadOnlyList<RunningGateway> Gateways { get; private set; } = [];

    public string Bearer { get; private set; } = "";

    public RequestSigner Signer { get; private set; } = null!;

    public KillStore Kills => Gateways[0].Services.GetRequiredService<KillStore>();

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _redis = await RedisServer.StartAsync();
        var postgres = await PostgresServer.SharedAsync();
        string[] settings =
        [
            .. SharedStorage.Settings(_redis, postgres, await postgres.NewDatabaseAsync()),
            "--Gateway:Store:Deadline=00:00:05",
        ];
        var one = await RunningGateway.StartAsync(Provider.Address, data: null, documents: "", settings);
        var other = await RunningGateway.StartAsync(Provider.Address, one.DataPath, documents: "", settings);
        Gateways = [one, other];
        foreach (var gateway in Gateways)
        {
            await Unlimited.MakeAsync(gateway.GovernancePath, gateway.Services.GetRequiredService<GovernanceReload>());
        }

        Bearer = await one.NewBearerAsync("assistant");
        Signer = await one.NewSignerAsync("assistant");
        await AllAnswerAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in Gateways.Reverse())
        {
            await gateway.DisposeAsync();
        }

        await _redis.DisposeAsync();
        await Provider.DisposeAsync();
    }

    public Task<Kill> SetAsync(KillScope scope, string target) =>
        Kills.SetAsync(
            RunningGateway.Demo,
            Kills.New(scope, target, graceful: false, TimeProvider.System.GetUtcNow()),
            CancellationToken.None
        );

    public async Task LiftAsync(Kill kill)
    {
        await Kills.LiftAsync(RunningGateway.Demo, kill.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await AllAnswerAsync();
    }

    private async Task AllAnswerAsync()
    {
        foreach (var gateway in Gateways)
        {
            await Waiting.ForAsync("it answers", async () => (await gateway.ChatAsync(Bearer)).Status == 200);
        }
    }
}
