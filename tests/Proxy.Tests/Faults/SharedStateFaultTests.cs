using System.Globalization;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Redis is lost in every way that it can be, under a load of signed and bearer requests: what can't be admitted is refused quickly and
/// sends nothing, the gateway recovers by itself, and what was used before is never accepted again.
/// </summary>
public sealed class SharedStateFaultTests(RedisGateway fixture, ITestOutputHelper output) : IClassFixture<RedisGateway>
{
    private readonly StateLosses _losses = new(fixture, output);

    [Fact]
    public Task Redis_Stopped_RefusesEverythingAndRecoversWhenItIsBackEmpty() =>
        _losses.OutageAsync(
            () =>
            {
                fixture.Redis.Stop();
                return Task.CompletedTask;
            },
            fixture.Redis.StartAgainAsync
        );

    [Fact]
    public Task Redis_Paused_RefusesEverythingAndRecoversWhenItGoesOn() =>
        _losses.OutageAsync(
            () =>
            {
                fixture.Redis.Pause();
                return Task.CompletedTask;
            },
            () =>
            {
                fixture.Redis.Resume();
                return Task.CompletedTask;
            }
        );

    [Fact]
    public Task Redis_Full_RefusesWhatItCanNotRememberAndRecoversWithSpace() =>
        _losses.OutageAsync(() => fixture.Redis.SetAsync("maxmemory", "1"), () => fixture.Redis.SetAsync("maxmemory", "0"));

    [Fact]
    public Task Redis_BusyForSeconds_AdmitsNothingUnseen() => _losses.LossAsync(() => fixture.Redis.CommandAsync("DEBUG", "SLEEP", "1.5"));

    [Fact]
    public Task Redis_ScriptsFlushed_GoesOn() => _losses.LossAsync(fixture.Redis.FlushScriptsAsync);

    [Fact]
    public Task Redis_Flushed_AcceptsNoEarlierRequest() => _losses.LossAsync(fixture.Redis.FlushAllAsync);

    [Fact]
    public Task Redis_RestartedEmpty_AcceptsNoEarlierRequest() =>
        _losses.LossAsync(() =>
        {
            fixture.Redis.Stop();
            return fixture.Redis.StartAgainAsync();
        });

    [Fact]
    public async Task Redis_FailedOver_AcceptsNoEarlierRequest()
    {
        // Becomes the replica of an empty server, and then a primary again: its memory is that server's, not its own.
        await using var other = await RedisServer.StartAsync("--repl-diskless-sync-delay", "0");
        await _losses.LossAsync(async () =>
        {
            await fixture.Redis.CommandAsync("REPLICAOF", "127.0.0.1", other.Port.ToString(CultureInfo.InvariantCulture));
            await Waiting.ForAsync(
                "the replica is in step",
                async () =>
                    (await fixture.Redis.CommandAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal)
            );
            await fixture.Redis.CommandAsync("REPLICAOF", "NO", "ONE");
        });
    }
}
