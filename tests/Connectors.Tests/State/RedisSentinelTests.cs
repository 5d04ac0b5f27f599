using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

public sealed class RedisSentinelFixture : IAsyncLifetime
{
    public RedisSentinels Sentinels { get; private set; } = null!;

    public async Task InitializeAsync() => Sentinels = await RedisSentinels.StartAsync();

    public async Task DisposeAsync() => await Sentinels.DisposeAsync();
}

/// <summary>What every shared state does, over a primary that sentinels name.</summary>
public sealed class RedisSentinelTests(RedisSentinelFixture redis) : SharedStateContract, IClassFixture<RedisSentinelFixture>
{
    protected override DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow().AddSeconds(60);

    protected override async Task<ISharedState> OpenAsync(params Id<Tenant>[] tenants) =>
        await OpenAsync(redis.Sentinels, RedisSentinels.Service, tenants);

    protected override Task PassAsync(TimeSpan time) => redis.Sentinels.Primary.PassAsync(time);

    [Fact]
    public async Task ServiceThatTheSentinelsDontKnow_StopsThePreparing() =>
        await Assert.ThrowsAsync<SharedStateException>(() => OpenAsync(redis.Sentinels, "another", Tenant));

    /// <summary>The sentinels have users of their own, and here they ask for none.</summary>
    [Fact]
    public async Task UserOfThePrimary_IsntShownToTheSentinels()
    {
        string[] user = ["SETUSER", "gateway", "on", ">first-horse", .. RedisPage.Commands()];
        await redis.Sentinels.Primary.CommandAsync(["ACL", .. user]);
        var options = OptionsOf(redis.Sentinels, RedisSentinels.Service);
        options.Credentials = new RedisCredentials { User = "gateway", Password = "first-horse" };
        await using var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);

        await state.PrepareAsync([Tenant], default);

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request()));
        Assert.Equal("", (await redis.Sentinels.RefusedLoginsAsync()).Trim());
    }

    /// <summary>One who asks for a password gets that of the sentinels, and not Redis'.</summary>
    [Fact]
    public async Task PasswordOfTheSentinels_IsTheirOwn()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        await sentinels.SetPasswordAsync("third-horse");
        var options = OptionsOf(sentinels, RedisSentinels.Service);
        await using var without = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await Assert.ThrowsAsync<SharedStateException>(() => without.PrepareAsync([Tenant], default));

        options.Credentials = new RedisCredentials { SentinelPassword = "third-horse" };
        await using var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync([Tenant], default);

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request()));
    }

    [Fact]
    public async Task PrimaryThatDies_IsReplaced_AndNoReplayIsAdmitted()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        await using var state = await OpenAsync(sentinels, RedisSentinels.Service, Tenant);
        var used = await AdmittedAsync(state);

        sentinels.Primary.Stop();
        await sentinels.PromotedAsync();

        var next = await AdmittedAsync(state);
        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, used));
        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, next));
    }

    private async Task<RedisState> OpenAsync(RedisSentinels sentinels, string service, params Id<Tenant>[] tenants)
    {
        var state = new RedisState(OptionsOf(sentinels, service), TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync(tenants, default);
        return state;
    }

    private static RedisStateOptions OptionsOf(RedisSentinels sentinels, string service)
    {
        var options = RedisFixture.Options(sentinels.Primary);
        options.Endpoints = [.. sentinels.Endpoints];
        options.SentinelService = service;
        return options;
    }
}
