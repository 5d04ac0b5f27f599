using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

public sealed class RedisClusterFixture : IAsyncLifetime
{
    public RedisCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await RedisCluster.StartAsync();

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}

/// <summary>What every shared state does, over a cluster of three primaries.</summary>
public sealed class RedisClusterTests(RedisClusterFixture redis) : SharedStateContract, IClassFixture<RedisClusterFixture>
{
    protected override DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow().AddSeconds(60);

    protected override async Task<ISharedState> OpenAsync(params Id<Tenant>[] tenants) => await OpenAsync(cluster: true, tenants);

    protected override async Task PassAsync(TimeSpan time) => await (await redis.Cluster.NodeOfAsync(RedisServer.Never)).PassAsync(time);

    [Fact]
    public async Task ClusterThatIsntSaidToBeOne_StopsThePreparing() =>
        Assert.Contains(
            "Gateway:State:Cluster",
            (await Assert.ThrowsAsync<SharedStateException>(() => OpenAsync(cluster: false, Tenant))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Tenants_OfAllNodes_AreServed()
    {
        var tenants = Enumerable.Range(0, 30).Select(_ => NewTenant()).ToArray();
        await using var state = await OpenAsync(tenants);

        foreach (var tenant in tenants)
        {
            Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Tenant = tenant, Nonce = Nonce() }));
        }

        Assert.All(await Task.WhenAll(redis.Cluster.Nodes.Select(node => node.CallsAsync("evalsha"))), calls => Assert.NotEqual(0, calls));
    }

    [Fact]
    public async Task UserThatThePageDescribes_MayDoWhatIsNeeded_AlsoWhereASlotMoves()
    {
        foreach (var node in redis.Cluster.Nodes)
        {
            await node.CommandAsync(["ACL", "SETUSER", "gateway", "on", ">first-horse", .. RedisPage.Commands()]);
        }

        var options = RedisFixture.Options(redis.Cluster.Nodes[0]);
        (options.Cluster, options.Credentials) = (true, new RedisCredentials { User = "gateway", Password = "first-horse" });
        await using var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync([Tenant], default);
        await AdmittedAsync(state);

        await redis.Cluster.MoveSlotAsync($"gateway:{{{Tenant}}}:memory");

        await AdmittedAsync(state);
        foreach (var node in redis.Cluster.Nodes)
        {
            var log = (await node.CommandAsync("ACL", "LOG")).Split('\n');
            Assert.All(log.Where((_, i) => i > 0 && log[i - 1] == "object"), denied => Assert.Equal("config|get", denied));
        }
    }

    [Fact]
    public async Task SlotThatMoves_AndComesBack_AdmitsNoReplay()
    {
        await using var state = await OpenAsync(Tenant);
        var used = new List<AdmissionRequest>();
        for (var move = 0; move < 4; move++)
        {
            var request = await AdmittedAsync(state);
            used.Add(request);
            await redis.Cluster.MoveSlotAsync($"gateway:{{{Tenant}}}:memory");
            foreach (var earlier in used)
            {
                Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, earlier));
            }
        }

        Assert.All(used, earlier => Assert.NotEqual(AdmissionOutcome.Admitted, AdmitAsync(state, earlier).GetAwaiter().GetResult()));
        var budget = Request() with { Budgets = [new("b", new(10, TimeSpan.FromDays(1)), 10)] };
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, budget));
        await redis.Cluster.MoveSlotAsync($"gateway:{{{Tenant}}}:memory");
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AnsweredAsync(state, budget));
    }

    private async Task<AdmissionOutcome> AnsweredAsync(ISharedState state, AdmissionRequest request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await AdmitAsync(state, request with { RequestId = NewName() }) is var outcome and not AdmissionOutcome.Unavailable)
            {
                return outcome;
            }

            await Task.Delay(5, limit.Token);
        }
    }

    private async Task<RedisState> OpenAsync(bool cluster, params Id<Tenant>[] tenants)
    {
        var options = RedisFixture.Options(redis.Cluster.Nodes[0]);
        options.Cluster = cluster;
        var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync(tenants, default);
        return state;
    }
}
