using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Approvals;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Two replicas over one PostgreSQL that is taken away while agents pay and people approve: no approval is lost, none is used twice, and no
/// revoked key comes back.
/// </summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private const int Some = 5;

    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private RunningStandIn _provider = null!;
    private RunningGateway[] _gateways = [];

    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=10000");
        string[] settings =
        [
            .. SharedStorage.Settings(_redis, _postgres, await _postgres.NewDatabaseAsync()),
            "--Gateway:Store:Deadline=00:00:01",
            "--Gateway:Admission:MaxStaleness=00:00:02",
        ];
        var one = await RunningGateway.StartAsync(_provider.Address, data: null, ApprovingGateway.Documents, settings);
        _gateways = [one, await RunningGateway.StartAsync(_provider.Address, one.DataPath, ApprovingGateway.Documents, settings)];
        foreach (var gateway in _gateways)
        {
            await Unlimited.MakeAsync(gateway.GovernancePath, gateway.Services.GetRequiredService<GovernanceReload>());
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in _gateways.Reverse())
        {
            await gateway.DisposeAsync();
        }

        await _provider.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("paused")]
    [InlineData("restarted")]
    public async Task Store_that_is_taken_away_under_load_loses_no_approval_uses_none_twice_and_revives_no_key(string how)
    {
        var revoked = await RevokedAsync();
        var approvals = _gateways[0].Services.GetRequiredService<ApprovalStore>();
        var load = new PayingLoad(_gateways, await _gateways[0].NewSignerAsync("payer"), approvals);
        await using (load)
        {
            await load.PaidMoreAsync(Some);
            foreach (var _ in Enumerable.Range(0, 2))
            {
                await TakeAwayAsync(how, load, revoked);
                await load.PaidMoreAsync(Some);
                await RefusedAsync(revoked);
            }
        }

        var (sent, all) = (await _provider.SeenAsync(), await AllAsync(approvals));
        Assert.Equal(load.Paid, sent.Count);
        var used = all.Where(one => one.State == ApprovalState.Consumed)
            .GroupBy(PayingLoad.PaymentOf)
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.All(sent.GroupBy(PayingLoad.PaymentOf), payment => Assert.True(payment.Count() <= used.GetValueOrDefault(payment.Key)));
        Assert.All(load.Votes, vote => Assert.Contains(all.Single(one => one.Id == vote.Approval).Votes, v => v.Person == vote.Person));
    }

    private async Task TakeAwayAsync(string how, PayingLoad load, string revoked)
    {
        if (how == "restarted")
        {
            await _postgres.RestartAsync();
            return;
        }

        Action takeAway = how == "killed" ? _postgres.Kill : _postgres.Pause;
        takeAway();
        await load.RefusedMoreAsync(Some);
        var sent = await _provider.CountAsync();
        await load.RefusedMoreAsync(Some);
        Assert.Equal(sent, await _provider.CountAsync()); // Nothing can be used, so nothing goes through.
        await RefusedAsync(revoked);
        if (how == "killed")
        {
            await _postgres.StartAgainAsync();
        }
        else
        {
            _postgres.Resume();
        }
    }

    /// <summary>A key that both replicas have let in, and that then was revoked.</summary>
    private async Task<string> RevokedAsync()
    {
        var bearer = await _gateways[0].NewBearerAsync("assistant");
        foreach (var gateway in _gateways)
        {
            await Waiting.ForAsync("it is let in", async () => (await gateway.ChatAsync(bearer)).Status == 200);
        }

        var store = _gateways[0].Services.GetRequiredService<IDurableStore>();
        foreach (var one in await store.ListCredentialsAsync(RunningGateway.Demo, CancellationToken.None))
        {
            await store.RevokeCredentialAsync(RunningGateway.Demo, one.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }

        foreach (var gateway in _gateways)
        {
            await Waiting.ForAsync("it is revoked", async () => (await gateway.ChatAsync(bearer)).Status == 401);
        }

        await _provider.Client.DeleteAsync(new Uri("/_seen", UriKind.Relative));
        return bearer;
    }

    private async Task RefusedAsync(string revoked)
    {
        foreach (var gateway in _gateways)
        {
            Assert.Contains((await gateway.ChatAsync(revoked)).Status, new[] { 401, 503 });
        }
    }

    private static async Task<IReadOnlyList<ApprovalRecord>> AllAsync(ApprovalStore approvals) =>
        await approvals.ListAsync(RunningGateway.Demo, TimeProvider.System.GetUtcNow(), most: 10_000, CancellationToken.None);
}
