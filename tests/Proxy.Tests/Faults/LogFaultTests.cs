using Gateway.Proxy.Tests.Management;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>What reads the gateway's output, such as a container's log driver, doesn't, or is gone.</summary>
public sealed class LogFaultTests(ITestOutputHelper output)
{
    /// <value>Each logs some forty lines; the logger's queue takes 2,500, the pipe 64 KiB.</value>
    private const int Calls = 600;

    [Theory]
    [InlineData("stops")]
    [InlineData("ends")]
    public async Task Who_reads_the_log_holds_nothing_up_when_it(string fault)
    {
        using var folder = new TemporaryDirectory();
        var pipe = folder.File("log");
        Assert.True(PipeFactAttribute.Make(pipe));
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address) { Under = ["sh", "-c", $"exec \"$0\" \"$@\" > '{pipe}'"] };
        var (signer, bearer) = await gateway.PrepareAsync();
        var reader = Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Read));
        var management = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await gateway.StartAsync(
            "--Logging:LogLevel:Default=Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
            $"--Gateway:Management:Url={management}"
        );
        using var scrape = new Scrape(management);
        await using var log = await reader.WaitAsync(Waiting.Deadline);
        if (fault == "ends")
        {
            await log.DisposeAsync();
        }

        await using var load = new Load(gateway.Address, signer, bearer, clients: 4, TimeSpan.Zero);
        await load.SucceedsAsync(50);
        var began = Load.Now;
        await load.SucceedsAsync(Calls);
        await load.EndAsync();
        var meanwhile = load.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        if (fault == "stops")
        {
            await scrape.UntilAsync(value => value > 0, "gateway_log_dropped_total");
        }

        gateway.Terminate();
        Assert.Equal(0, await gateway.EndedAsync());
        output.WriteLine($"who reads the log {fault}: {Load.Worst(meanwhile)}, 0 failed; it stops when it is told to");
    }
}
