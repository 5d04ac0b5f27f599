using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>
/// Redis loses its memory, in all the ways that it can: what was used before is never admitted again, and what is signed afterwards is.
/// </summary>
public sealed class RedisMemoryLossTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    private readonly ShiftedTime _time = new();
    private RedisServer _server = null!;
    private RedisState _state = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.StartAsync("--dbfilename", "memory.rdb", "--repl-diskless-sync-delay", "0");
        _state = await OpenAsync(_server);
    }

    public async Task DisposeAsync()
    {
        await _state.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public Task Flushed_AdmitsNoReplay() => AssertNoReplayAsync(_server.FlushAllAsync);

    [Fact]
    public Task FlushedWithItsScripts_AdmitsNoReplay() =>
        AssertNoReplayAsync(async () =>
        {
            await _server.FlushAllAsync();
            await _server.FlushScriptsAsync();
        });

    [Fact]
    public Task RestartedEmpty_AdmitsNoReplay() =>
        AssertNoReplayAsync(async () =>
        {
            _server.Stop();
            await _server.StartAgainAsync();
        });

    [Fact]
    public async Task RestartedWithAnOlderMemory_AdmitsNoReplay()
    {
        await SignAndUseAsync();
        await _server.CommandAsync("SAVE");
        await AssertNoReplayAsync(async () =>
        {
            _server.Stop();
            await _server.StartAgainAsync();
            Assert.NotEqual("0", await _server.CommandAsync("EXISTS", "gateway:{acme}:memory"));
        });
    }

    [Fact]
    public async Task ReplicaThatLagged_WhenPromoted_AdmitsNoReplay()
    {
        await using var replica = await RedisServer.StartAsync(
            "--replicaof",
            "127.0.0.1 " + _server.Port.ToString(CultureInfo.InvariantCulture)
        );
        await EventuallyAsync(async () =>
            (await replica.CommandAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal)
        );
        await using var both = await OpenAsync(_server, replica);
        await EventuallyAsync(async () => await replica.CommandAsync("EXISTS", "gateway:{acme}:memory") == "1");
        await replica.CommandAsync("REPLICAOF", "NO", "ONE");
        var used = await SignAndUseAsync(both);

        _server.Stop();

        await EventuallyAsync(async () =>
        {
            Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(both, used));
            return await AdmitAsync(both, Sign()) == AdmissionOutcome.Admitted;
        });
        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(both, used));
    }

    [Fact]
    public async Task ServerThatWasAReplicaForAWhile_AdmitsNoReplay()
    {
        await using var other = await RedisServer.StartAsync("--repl-diskless-sync-delay", "0");
        await AssertNoReplayAsync(async () =>
        {
            await _server.CommandAsync("REPLICAOF", "127.0.0.1", other.Port.ToString(CultureInfo.InvariantCulture));
            await EventuallyAsync(async () =>
                (await _server.CommandAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal)
            );
            Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(_state, Sign()));
            await _server.CommandAsync("REPLICAOF", "NO", "ONE");
        });
    }

    [Fact]
    public async Task ScriptsFlushed_ForgetsNothing_AndGoesOnAtOnce()
    {
        var used = await SignAndUseAsync();

        await _server.FlushScriptsAsync();

        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(_state, used));
        await _server.FlushScriptsAsync();
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(_state, Sign()));
    }

    [Fact]
    public async Task ServerThatCanNotBeReliedOn_IsAskedAgainAndAgain_AndKeepsOneScript()
    {
        await _server.SetAsync("maxmemory-policy", "allkeys-lru");
        await _server.FlushScriptsAsync();
        var before = await AskedAsync();

        await EventuallyAsync(async () =>
        {
            Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(_state, Sign()));
            return await AskedAsync() >= before + 5;
        });

        Assert.Contains("noeviction", _state.Problem, StringComparison.Ordinal);
        Assert.Contains("number_of_cached_scripts:1\r\n", await _server.CommandAsync("INFO", "memory"), StringComparison.Ordinal);
        await _server.SetAsync("maxmemory-policy", "noeviction");
        await EventuallyAsync(async () => await AdmitAsync(_state, Sign()) == AdmissionOutcome.Admitted);
    }

    [Fact]
    public async Task PreparedAgain_AsAtEachChangeOfTheGovernance_TheServerKeepsOneScript()
    {
        for (var change = 0; change < 3; change++)
        {
            await _state.PrepareAsync([Acme], default);
        }

        Assert.Contains("number_of_cached_scripts:1\r\n", await _server.CommandAsync("INFO", "memory"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClockOfRedisThatJumps_AdmitsNoReplay() =>
        await AssertNoReplayAsync(async () =>
        {
            // Seen from here, moving both of our own clocks back is Redis' jumping ahead; it may have forgotten nonces early.
            var before = await _server.CommandAsync("HGET", "gateway:{acme}:memory", "s");
            _time.Monotonic = TimeSpan.FromSeconds(-20);
            await EventuallyAsync(async () =>
            {
                await AdmitAsync(_state, Sign());
                return await _server.CommandAsync("HGET", "gateway:{acme}:memory", "s") != before;
            });
        });

    [Fact]
    public async Task TwoReplicasOfTheGateway_UnderOneLossAfterAnother_AdmitEachNonceOnce()
    {
        await using var second = await OpenAsync(_server);
        var admitted = new ConcurrentDictionary<string, int>();
        var used = new ConcurrentQueue<AdmissionRequest>();
        using var end = new CancellationTokenSource();
        var load = Enumerable
            .Range(0, 8)
            .Select(i => Task.Run(() => UseAndReplayAsync(i % 2 == 0 ? _state : second, used, admitted, end.Token)))
            .ToArray();

        for (var round = 0; round < 2; round++)
        {
            await LoseAndWaitAsync(used, _server.FlushScriptsAsync);
            await LoseAndWaitAsync(used, _server.FlushAllAsync);
            await LoseAndWaitAsync(
                used,
                async () =>
                {
                    _server.Stop();
                    await _server.StartAgainAsync();
                }
            );
        }

        await end.CancelAsync();
        await Task.WhenAll(load);
        Assert.NotEmpty(admitted);
        Assert.All(admitted, n => Assert.Equal(1, n.Value));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
        {
            // Only so that the waiting leaves the processor to what is waited for.
            await Task.Delay(5, limit.Token);
        }
    }

    private async Task<long> AskedAsync() => await _server.CallsAsync("eval") + await _server.CallsAsync("evalsha");

    private static async Task<AdmissionOutcome> AdmitAsync(RedisState state, AdmissionRequest request) =>
        (await state.AdmitAsync(request, default)).Outcome;

    /// <summary>What a signer sends now.</summary>
    private static AdmissionRequest Sign()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = RandomNumberGenerator.GetHexString(32);
        return new()
        {
            Tenant = Acme,
            RequestId = id,
            Epoch = 0,
            Nonce = new("key", id, now, now.AddMinutes(2)),
        };
    }

    private static async Task UseAndReplayAsync(
        RedisState state,
        ConcurrentQueue<AdmissionRequest> used,
        ConcurrentDictionary<string, int> admitted,
        CancellationToken end
    )
    {
        while (!end.IsCancellationRequested)
        {
            var request = used.Count > 50 && RandomNumberGenerator.GetInt32(2) == 0 && used.TryDequeue(out var old) ? old : Sign();
            var outcome = await AdmitAsync(state, request);
            if (outcome == AdmissionOutcome.Admitted)
            {
                admitted.AddOrUpdate(request.Nonce!.Value, 1, (_, n) => n + 1);
                used.Enqueue(request);
            }
            else if (outcome == AdmissionOutcome.Unavailable)
            {
                // Refused at once and without waiting for anything; eight such loops would leave no thread to start the server again.
                await Task.Delay(1, CancellationToken.None);
            }
        }
    }

    private static async Task LoseAndWaitAsync(ConcurrentQueue<AdmissionRequest> used, Func<Task> loseAsync)
    {
        await loseAsync();
        var last = used.LastOrDefault();
        await EventuallyAsync(() => Task.FromResult(!ReferenceEquals(used.LastOrDefault(), last)));
    }

    private async Task<RedisState> OpenAsync(params RedisServer[] servers)
    {
        var options = RedisFixture.Options(servers[0]);
        options.Endpoints = [.. servers.Select(s => s.Endpoint)];
        var state = new RedisState(options, _time, (_, _) => Task.FromResult(0L));
        await state.PrepareAsync([Acme], default);
        return state;
    }

    private async Task<AdmissionRequest> SignAndUseAsync(RedisState? state = null)
    {
        var request = Sign();
        await EventuallyAsync(async () =>
        {
            request = Sign();
            return await AdmitAsync(state ?? _state, request) == AdmissionOutcome.Admitted;
        });
        return request;
    }

    private async Task AssertNoReplayAsync(Func<Task> loseAsync)
    {
        var used = await SignAndUseAsync();
        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(_state, used));

        await loseAsync();

        await EventuallyAsync(async () =>
        {
            Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(_state, used));
            return await AdmitAsync(_state, Sign()) == AdmissionOutcome.Admitted;
        });
        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(_state, used));
    }
}
