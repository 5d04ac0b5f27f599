using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

/// <summary>What every shared state does, over a real Redis.</summary>
public sealed class RedisStateTests(RedisFixture redis) : SharedStateContract, IClassFixture<RedisFixture>
{
    // Later than any memory that begins during the test, skew and tolerance of the clocks included.
    protected override DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow().AddSeconds(60);

    protected override async Task<ISharedState> OpenAsync(params Id<Tenant>[] tenants)
    {
        var state = new RedisState(redis.Options(), TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync(tenants, default);
        return state;
    }

    protected override Task PassAsync(TimeSpan time) => redis.Server.PassAsync(time);

    [Fact]
    public async Task Admission_IsOneRoundTrip_WhateverItAsksFor()
    {
        await using var state = await OpenAsync(Tenant);
        var before = await redis.Server.CallsAsync("evalsha");

        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(
                AdmissionOutcome.Admitted,
                await AdmitAsync(
                    state,
                    Request() with
                    {
                        Nonce = Nonce(),
                        Rates = [new("r1", new(1000, TimeSpan.FromSeconds(1), 1000)), new("r2", new(1000, TimeSpan.FromSeconds(1), 1000))],
                        Concurrency = [new("c", 100)],
                        Budgets = [new("b1", new(1000, TimeSpan.FromDays(1)), 1), new("b2", new(1000, TimeSpan.FromHours(1)), 1)],
                    }
                )
            );
        }

        Assert.Equal(before + 25, await redis.Server.CallsAsync("evalsha"));
    }

    [Fact]
    public async Task Keys_AllCarryTheTenantsHashTag_AndAllButTheMemoryExpire()
    {
        await using var state = await OpenAsync(Tenant);
        await AdmitAsync(
            state,
            Request() with
            {
                Nonce = Nonce(),
                Rates = [new("r", new(1000, TimeSpan.FromDays(1), 1000))],
                Concurrency = [new("c", 100)],
                Budgets = [new("b", new(1000, TimeSpan.FromDays(1)), 1)],
            }
        );

        var keys = (await redis.Server.CommandAsync("KEYS", "*{" + Tenant + "}*")).Split('\n');

        Assert.Equal(7, keys.Length);
        foreach (var key in keys)
        {
            Assert.StartsWith("gateway:{" + Tenant + "}:", key, StringComparison.Ordinal);
            Assert.Equal(key.EndsWith(":memory", StringComparison.Ordinal), await redis.Server.CommandAsync("PTTL", key) == "-1");
        }
    }

    [Fact]
    public async Task Replicas_ShareNoncesLimitsAndEpochs()
    {
        await using var one = await OpenAsync(Tenant);
        await using var two = await OpenAsync(Tenant);
        var request = Request() with { Nonce = Nonce(), Budgets = [new("b", new(10, TimeSpan.FromDays(1)), 10)] };

        var answer = await one.AdmitAsync(request, default);
        Assert.Equal(AdmissionOutcome.Admitted, answer.Outcome);
        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(two, Request() with { Nonce = request.Nonce }));
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(two, Request() with { Budgets = request.Budgets }));
        Assert.True(await two.SettleAsync(request, answer, 0, default));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(two, Request() with { Budgets = request.Budgets }));
        Assert.True(await two.PublishEpochAsync(Tenant, 3, default));
        Assert.Equal(AdmissionOutcome.Stale, await AdmitAsync(one, Request()));
    }

    [Fact]
    public async Task EqualNonces_AtOnceOnTwoReplicas_OneIsAdmitted()
    {
        await using var one = await OpenAsync(Tenant);
        await using var two = await OpenAsync(Tenant);

        for (var round = 0; round < 300; round++)
        {
            var nonce = Nonce();
            var (first, second) = (AdmitAsync(one, Request() with { Nonce = nonce }), AdmitAsync(two, Request() with { Nonce = nonce }));

            Assert.Equal([AdmissionOutcome.Admitted, AdmissionOutcome.Replayed], (await Task.WhenAll(first, second)).Order());
        }
    }

    [Fact]
    public async Task Signature_MadeJustAfterTheMemoryBegan_IsRefusedForTheSkewAndTheClocksTolerance()
    {
        await using var state = new RedisState(redis.Options(skew: TimeSpan.FromSeconds(30)), TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync([Tenant], default);
        var now = TimeProvider.System.GetUtcNow();

        var answer = await state.AdmitAsync(
            Request() with
            {
                Nonce = new("k", NewName(), now.AddSeconds(20), now.AddSeconds(100)),
            },
            default
        );

        Assert.Equal(AdmissionOutcome.CreatedTooEarly, answer.Outcome);
        Assert.InRange(answer.RetryAfter, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(31));
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, Request() with { Nonce = new("k", NewName(), now.AddSeconds(35), now.AddSeconds(100)) })
        );
    }

    [Fact]
    public async Task WhatAKilledReplicaHeld_IsGivenBackByAnotherWhenItsLeaseEnds()
    {
        var budget = new TokenBudget(100, TimeSpan.FromDays(1));
        AdmissionRequest Limited() =>
            Request() with
            {
                Concurrency = [new("c", 1)],
                Budgets = [new("b", budget, 100)],
                Lease = TimeSpan.FromMilliseconds(300),
            };
        await using (var killed = await OpenAsync(Tenant))
        {
            Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(killed, Limited()));
        }

        await using var other = await OpenAsync(Tenant);
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await AdmitAsync(other, Limited()));
        await PassAsync(TimeSpan.FromMilliseconds(310));
        Assert.True(await other.RenewAsync(Tenant, [], TimeSpan.FromSeconds(10), default));

        Assert.Equal("0", await redis.Server.CommandAsync("HLEN", "gateway:{" + Tenant + "}:open"));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(other, Limited()));
    }

    [Fact]
    public async Task Renewal_IsOneRoundTrip_HoweverManyRequestsRun()
    {
        await using var state = await OpenAsync(Tenant);
        var requests = Enumerable.Range(0, 200).Select(_ => Request() with { Concurrency = [new("c", 1000)] }).ToList();
        await Task.WhenAll(requests.Select(request => AdmitAsync(state, request)));
        var before = await redis.Server.CallsAsync("evalsha");

        Assert.True(await state.RenewAsync(Tenant, [.. requests.Select(r => r.RequestId)], TimeSpan.FromSeconds(10), default));

        Assert.Equal(before + 1, await redis.Server.CallsAsync("evalsha"));
    }

    [Fact]
    public async Task LeasesOfMoreThanOneCallGivesBack_AreAllGivenBack()
    {
        await using var state = await OpenAsync(Tenant);
        var requests = Enumerable.Range(0, 1100).Select(_ => Request() with { Concurrency = [new("c", 2000)] }).ToList();
        await Task.WhenAll(requests.Select(request => AdmitAsync(state, request)));

        Assert.True(await state.RenewAsync(Tenant, [.. requests.Select(r => r.RequestId)], TimeSpan.Zero, default));

        Assert.Equal("0", await redis.Server.CommandAsync("ZCARD", "gateway:{" + Tenant + "}:slots:c"));
        Assert.Equal("0", await redis.Server.CommandAsync("ZCARD", "gateway:{" + Tenant + "}:leases"));
    }

    [Fact]
    public async Task StoreThatDoesNotAnswer_RenewsNothing_AndRemembersNoNonce()
    {
        await using var server = await Gateway.Testing.RedisServer.StartAsync();
        await using var state = new RedisState(
            RedisFixture.Options(server, TimeSpan.FromMilliseconds(100)),
            TimeProvider.System,
            ReadTruthAsync
        );
        await state.PrepareAsync([Tenant], default);
        var signed = Request() with { Nonce = Nonce(), NonceRate = new("n", new(5, TimeSpan.FromDays(1), 5)) };

        server.Pause();
        Assert.False(await state.RenewAsync(Tenant, ["r"], TimeSpan.FromSeconds(10), default));
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, signed));
        server.Resume();
    }
}
