using Gateway.Proxy.Tests.StandIn;
using Gateway.Proxy.Tests.Telemetry;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A collector that takes every export and answers none, under load.</summary>
public sealed class CollectorFaultTests(ITestOutputHelper output)
{
    private const int WarmUp = 8_000;
    private const int Calls = 24_000;

    /// <value>What the calls' spans would take, were they kept: some six of a kilobyte each.</value>
    private const long MostMemory = 96L * 1024 * 1024;

    [Fact]
    public async Task A_collector_that_hangs_takes_neither_memory_nor_throughput()
    {
        var hold = new TaskCompletionSource();
        await using var collector = await Collector.StartAsync(hold);
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address);
        gateway.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Http.ToString();
        gateway.Variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        gateway.Variables["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        var (signer, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync();
        await using var load = new Load(gateway.Address, signer, bearer, clients: 4, TimeSpan.Zero);
        await load.RateAsync(WarmUp);
        var began = Load.Now;
        await Waiting.ForAsync("the collector holds exports", () => collector.Held > 1);
        var before = gateway.MostResident;

        var hung = await load.RateAsync(Calls);
        var more = gateway.MostResident - before;
        Assert.True(collector.Traces.IsEmpty);
        hold.SetResult();
        await Waiting.ForAsync("spans arrive again", () => !collector.Traces.IsEmpty);
        var answering = await load.RateAsync(Calls);

        await load.EndAsync();
        var calls = load.Since(began);
        Assert.All(calls, call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine(
            $"{hung:F0} calls/s while the collector hung, {answering:F0} while it answered; {more / 1024 / 1024} MiB more memory at "
                + $"most; {Load.Worst(calls)}, 0 failed"
        );
        Assert.True(more < MostMemory, $"{more} bytes");
    }
}
