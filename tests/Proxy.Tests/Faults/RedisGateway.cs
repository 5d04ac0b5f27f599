using System.Net;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A gateway over a real Redis, with no rates in its governance, so that only faults refuse.</summary>
public abstract class StateGateway : IAsyncLifetime
{
    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    public RequestSigner Signer { get; private set; } = null!;

    public string Bearer { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var state = await StartStateAsync();
        Provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        Gateway = await RunningGateway.StartAsync(Provider.Address, settings: ["--Gateway:State:Kind=redis", .. state]);
        await Unlimited.MakeAsync(Gateway.GovernancePath, Gateway.Services.GetRequiredService<GovernanceReload>());
        Signer = await Gateway.NewSignerAsync("assistant");
        Bearer = await Gateway.NewBearerAsync("assistant");

        // The first calls of a cold process can take longer than the shared state's deadline.
        await Waiting.ForAsync(
            "a signed call succeeds",
            async () =>
            {
                using var ready = await Gateway.SendSignedAsync(Signer, Ask).WaitAsync(Waiting.Deadline);
                return ready.StatusCode == HttpStatusCode.OK;
            }
        );
        await using var load = Load();
        await load.SucceedsAsync(50);
    }

    public HttpRequestMessage Ask() => Gateway.Request(HttpMethod.Get, "/tools/crm/contacts/c-1");

    /// <summary>The load is small enough that a busy machine keeps up with it.</summary>
    internal Load Load() => new(Gateway.Address, Signer, Bearer, clients: 8, TimeSpan.FromMilliseconds(20));

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
        await StopStateAsync();
    }

    /// <returns>The settings by which it is reached.</returns>
    protected abstract Task<string[]> StartStateAsync();

    protected abstract ValueTask StopStateAsync();
}

/// <summary>One server.</summary>
public sealed class RedisGateway : StateGateway
{
    public RedisServer Redis { get; private set; } = null!;

    protected override async Task<string[]> StartStateAsync()
    {
        Redis = await RedisServer.StartAsync("--repl-diskless-sync-delay", "0");
        return [$"--Gateway:State:Endpoints:0={Redis.Endpoint}"];
    }

    protected override ValueTask StopStateAsync() => Redis.DisposeAsync();
}

/// <summary>A primary and a replica, watched by three sentinels.</summary>
public sealed class SentinelGateway : StateGateway
{
    public RedisSentinels Sentinels { get; private set; } = null!;

    protected override async Task<string[]> StartStateAsync()
    {
        Sentinels = await RedisSentinels.StartAsync();
        return
        [
            $"--Gateway:State:Sentinel={RedisSentinels.Service}",
            .. Sentinels.Endpoints.Select((endpoint, i) => $"--Gateway:State:Endpoints:{i}={endpoint}"),
        ];
    }

    protected override ValueTask StopStateAsync() => Sentinels.DisposeAsync();
}

/// <summary>A cluster of three primaries.</summary>
public sealed class ClusterGateway : StateGateway
{
    public RedisCluster Cluster { get; private set; } = null!;

    protected override async Task<string[]> StartStateAsync()
    {
        Cluster = await RedisCluster.StartAsync();
        return ["--Gateway:State:Cluster=true", $"--Gateway:State:Endpoints:0={Cluster.Nodes[0].Endpoint}"];
    }

    protected override ValueTask StopStateAsync() => Cluster.DisposeAsync();
}
