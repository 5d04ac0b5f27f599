using System.Diagnostics;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>
/// Redis gone, stuck, full: nothing is admitted, and all is well again when it is back. Each test breaks a server of its own.
/// </summary>
public sealed class RedisFaultTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    private long _truth;
    private bool _durableStoreIsDown;
    private RedisServer _server = null!;

    public async Task InitializeAsync() => _server = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Server_Killed_IsUnavailable_AndUsedAgainWhenItIsBack()
    {
        await using var state = await OpenAsync();

        _server.Stop();
        await AssertRefusesAsync(state);
        await _server.StartAgainAsync();

        await AssertAdmitsSoonAsync(state);
    }

    [Fact]
    public async Task Server_NotThereAtStart_StopsThePreparing_AndIsUsedWhenItComes()
    {
        _server.Stop();
        await using var state = new RedisState(RedisFixture.Options(_server), TimeProvider.System, ReadTruthAsync);

        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Acme], default));
        Assert.Contains(_server.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.NotNull(state.Problem);
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Signed()));

        await _server.StartAgainAsync();
        await AssertAdmitsSoonAsync(state);
        Assert.Null(state.Problem);
    }

    [Fact]
    public async Task Server_Paused_IsUnavailable_AndConsumesNothingWhenItGoesOn()
    {
        await using var state = await OpenAsync(TimeSpan.FromMilliseconds(100));
        var abandoned = Signed() with { Budgets = [new("b", new(10, TimeSpan.FromDays(1)), 10)], Concurrency = [new("c", 1)] };
        await AssertAdmitsSoonAsync(state);
        var before = await _server.CallsAsync("evalsha");

        _server.Pause();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AdmitAsync(state, abandoned)));
        Assert.All(outcomes, o => Assert.Equal(AdmissionOutcome.Unavailable, o));
        Assert.Null(await state.ReadEpochAsync(Acme, default));
        _server.Resume();

        await AssertAdmitsSoonAsync(state);
        Assert.True(
            await _server.CallsAsync("evalsha") >= before + 3,
            "the abandoned calls must have run: an admission, the reading, and those after"
        );
        await using var unhurried = await OpenAsync();
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(unhurried, abandoned));
    }

    [Fact]
    public async Task Server_PausedForSeconds_IsUsedAgainWhenItGoesOn()
    {
        await using var state = await OpenAsync(TimeSpan.FromMilliseconds(100));
        _server.Pause();

        var since = Stopwatch.StartNew();
        while (since.Elapsed < TimeSpan.FromSeconds(4))
        {
            await AssertRefusesAsync(state);
        }

        _server.Resume();
        await AssertAdmitsSoonAsync(state);
    }

    [Fact]
    public async Task Server_ThatSleeps_IsUnavailable_AndUsedAgainWhenItWakes()
    {
        await using var state = await OpenAsync(TimeSpan.FromMilliseconds(50));
        await AssertAdmitsSoonAsync(state);

        var sleep = _server.CommandAsync("DEBUG", "SLEEP", "1");
        await EventuallyAsync(async () => await AdmitAsync(state, Signed()) == AdmissionOutcome.Unavailable);
        await sleep;

        await AssertAdmitsSoonAsync(state);
    }

    [Fact]
    public async Task Server_OutOfMemory_IsUnavailable_AndUsedAgainWhenThereIsRoom()
    {
        await using var state = await OpenAsync();

        await _server.SetAsync("maxmemory", "1");
        await AssertRefusesAsync(state);
        Assert.Equal(
            AdmissionOutcome.Unavailable,
            await AdmitAsync(state, Plain() with { Rates = [new("r", new(10, TimeSpan.FromSeconds(1), 10))] })
        );
        await _server.SetAsync("maxmemory", "0");

        await AssertAdmitsSoonAsync(state);
    }

    [Fact]
    public async Task Server_OutOfMemory_SettlesWhatEnded_AndAdmitsNothingThatComesWithItAndNeedsMemory()
    {
        await using var state = await OpenAsync();
        var ended = Plain() with { Concurrency = [new("c", 1)], Budgets = [new("b", new(10, TimeSpan.FromDays(1)), 10)] };
        var answer = await state.AdmitAsync(ended, default);
        await _server.SetAsync("maxmemory", "1");
        _server.Pause();

        var before = Enumerable.Range(0, CallQueue.MaxConcurrentCalls).Select(_ => AdmitAsync(state, Signed())).ToArray();
        var settled = state.SettleAsync(ended, answer, tokensUsed: 0, default).AsTask();
        var with = new[] { Signed(), Plain() with { Concurrency = [new("c", 1)] } }.Select(request => AdmitAsync(state, request)).ToArray();
        var unlimited = AdmitAsync(state, Plain());
        _server.Resume();

        Assert.True(await settled);
        Assert.Equal(AdmissionOutcome.Admitted, await unlimited);
        Assert.All(await Task.WhenAll([.. before, .. with]), outcome => Assert.Equal(AdmissionOutcome.Unavailable, outcome));
        Assert.Equal("0", (await _server.CommandAsync("EVAL", "return #redis.call('KEYS', '*full')", "0")).Trim());
        await _server.SetAsync("maxmemory", "0");
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, ended with { RequestId = "after" }));
    }

    [Fact]
    public async Task Connection_OnWhichNothingAnswersAnyMore_IsReplaced()
    {
        await using var relay = new SilentRelay(_server.Port);
        await using var state = await OpenAsync(TimeSpan.FromMilliseconds(100), endpoint: "127.0.0.1:" + relay.Port);
        await AssertAdmitsSoonAsync(state);

        relay.SilenceOpenConnections();
        await AssertRefusesAsync(state);

        await AssertAdmitsSoonAsync(state);
    }

    [Fact]
    public async Task Admission_WhoseAnswerComesTooLate_TakesNoSlotAndNoBudgetAndNoIdempotencyKey()
    {
        await using var relay = new SilentRelay(_server.Port);
        await using var state = await OpenAsync(TimeSpan.FromMilliseconds(100), endpoint: "127.0.0.1:" + relay.Port);
        await AssertAdmitsSoonAsync(state);
        var asked = Plain() with
        {
            Concurrency = [new("c", 1)],
            Budgets = [new("b", new(10, TimeSpan.FromDays(1)), 10)],
            Idempotency = new("assistant/order-7", new string('a', 32), TimeSpan.FromHours(1)),
        };

        relay.HoldAnswers();
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, asked));
        relay.LetAnswersGo();

        await EventuallyAsync(async () => await AdmitAsync(state, asked with { RequestId = "again" }) == AdmissionOutcome.Admitted);
    }

    [Fact]
    public async Task Settlement_WhileTheServerIsGone_SaysSo_AndWorksAfterwards()
    {
        await using var state = await OpenAsync();
        var request = Plain() with { Concurrency = [new("c", 1)] };
        var answer = await state.AdmitAsync(request, default);

        _server.Pause();
        Assert.False(await state.SettleAsync(request, answer, 0, default));
        Assert.False(await state.PublishEpochAsync(Acme, 1, default));
        _server.Resume();

        await EventuallyAsync(async () => await state.SettleAsync(request, answer, 0, default));

        await EventuallyAsync(async () =>
            await AdmitAsync(state, Plain() with { Concurrency = [new("c", 1)], Epoch = 1 }) == AdmissionOutcome.Admitted
        );
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task Server_ThatMayEvict_StopsThePreparing(string policy)
    {
        await _server.SetAsync("maxmemory-policy", policy);

        await AssertCannotBePreparedAsync(_server, "maxmemory-policy noeviction");
    }

    [Fact]
    public async Task Replica_StopsThePreparing()
    {
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1 " + _server.Port);

        await AssertCannotBePreparedAsync(replica, "primary");
    }

    [Fact]
    public async Task Node_WithoutItsCluster_StopsThePreparing()
    {
        await using var node = await RedisServer.StartAsync("--cluster-enabled", "yes");

        await AssertCannotBePreparedAsync(node, "CLUSTERDOWN");
    }

    [Fact]
    public async Task Server_WithoutTheConfigCommand_CanBeUsed()
    {
        await using var server = await RedisServer.StartAsync("--rename-command", "CONFIG", "");
        await using var state = await OpenAsync(server: server);

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Signed()));
    }

    [Fact]
    public async Task Password_ThatIsWrong_StopsThePreparing_AndIsNowhereInTheError()
    {
        await _server.SetAsync("requirepass", "right-horse");
        var options = RedisFixture.Options(_server);
        options.Credentials = new RedisCredentials { Password = "wrong-battery" };
        await using var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);

        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Acme], default));
        Assert.DoesNotContain("wrong-battery", error.ToString() + options + state.Problem, StringComparison.Ordinal);

        options.Credentials = new RedisCredentials { Password = "right-horse" };
        await using var well = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await well.PrepareAsync([Acme], default);
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(well, Signed()));
    }

    [Fact]
    public async Task Epoch_AfterALossOfMemory_IsReadFromTheDurableStore()
    {
        await using var state = await OpenAsync();
        Assert.True(await state.PublishEpochAsync(Acme, 3, default));
        _truth = 7;

        await _server.FlushAllAsync();

        Assert.Equal(AdmissionOutcome.Stale, await AdmitAsync(state, Plain() with { Epoch = 3 }));
        Assert.Equal(7, await state.ReadEpochAsync(Acme, default));
    }

    [Fact]
    public async Task PublishedEpoch_AfterALossOfMemory_DoesntHideAHigherOne()
    {
        await using var state = await OpenAsync();
        _truth = 7;
        await _server.FlushAllAsync();

        Assert.True(await state.PublishEpochAsync(Acme, 4, default));

        Assert.Equal(7, await state.ReadEpochAsync(Acme, default));
    }

    [Fact]
    public async Task DurableStore_DownAfterALossOfMemory_LetsNothingInUntilItIsBack()
    {
        await using var state = await OpenAsync();
        _durableStoreIsDown = true;
        await _server.FlushAllAsync();

        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Plain()));
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Signed()));
        Assert.Null(await state.ReadEpochAsync(Acme, default));

        _durableStoreIsDown = false;
        await AssertAdmitsSoonAsync(state);
    }

    [Fact]
    public async Task Clocks_ThatAreApart_StopThePreparing()
    {
        var time = new ShiftedTime { Wall = TimeSpan.FromSeconds(3) };
        await using var state = new RedisState(RedisFixture.Options(_server), time, ReadTruthAsync);

        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Acme], default));
        Assert.Contains("clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WallClock_ThatJumps_RefusesUntilItIsRightAgain()
    {
        var time = new ShiftedTime();
        await using var state = new RedisState(RedisFixture.Options(_server), time, ReadTruthAsync);
        await state.PrepareAsync([Acme], default);

        time.Wall = TimeSpan.FromHours(-1);
        await AssertRefusesAsync(state);
        time.Wall = TimeSpan.Zero;

        await AssertAdmitsSoonAsync(state);
    }

    private static AdmissionRequest Plain() =>
        new()
        {
            Tenant = Acme,
            RequestId = Guid.CreateVersion7().ToString(),
            Epoch = 0,
        };

    /// <summary>Signed late enough for any memory that begins during the test.</summary>
    private static AdmissionRequest Signed()
    {
        var created = TimeProvider.System.GetUtcNow().AddMinutes(1);
        return Plain() with { Nonce = new("key", Guid.CreateVersion7().ToString(), created, created.AddMinutes(2)), Epoch = 1 };
    }

    private static async Task<AdmissionOutcome> AdmitAsync(RedisState state, AdmissionRequest request) =>
        (await state.AdmitAsync(request, default)).Outcome;

    private static async Task AssertRefusesAsync(RedisState state)
    {
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Signed()));
        Assert.Equal(
            AdmissionOutcome.Unavailable,
            await AdmitAsync(state, Plain() with { Rates = [new("r", new(10, TimeSpan.FromSeconds(1), 10))] })
        );
    }

    private static Task AssertAdmitsSoonAsync(RedisState state) =>
        EventuallyAsync(async () => await AdmitAsync(state, Signed()) == AdmissionOutcome.Admitted);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
        {
            // Only so that the waiting leaves the processor to what is waited for.
            await Task.Delay(5, limit.Token);
        }
    }

    private static async Task AssertCannotBePreparedAsync(RedisServer server, string remedy)
    {
        await using var state = new RedisState(RedisFixture.Options(server), TimeProvider.System, (_, _) => Task.FromResult(0L));

        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Acme], default));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Plain()));
    }

    /// <param name="endpoint">What stands before the server; null for the server itself.</param>
    private async Task<RedisState> OpenAsync(TimeSpan? deadline = null, RedisServer? server = null, string? endpoint = null)
    {
        var options = RedisFixture.Options(server ?? _server, deadline);
        options.Endpoints = endpoint is null ? options.Endpoints : [endpoint];
        var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync([Acme], default);
        return state;
    }

    private Task<long> ReadTruthAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        Volatile.Read(ref _durableStoreIsDown)
            ? Task.FromException<long>(new DurableStoreException("down"))
            : Task.FromResult(Interlocked.Read(ref _truth));
}
