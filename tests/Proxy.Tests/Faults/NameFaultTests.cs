using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Systems whose names can't be looked up, since their name server says nothing.</summary>
public sealed class NameFaultTests(ITestOutputHelper output)
{
    /// <value>More than .NET's pool has threads for, for some seconds: it adds one or two a second.</value>
    private static readonly int Names = 16 + (4 * Environment.ProcessorCount);

    [NameServerFact]
    public async Task A_name_server_that_hangs_holds_up_nobody_whose_system_is_known()
    {
        using var server = new HangingNameServer();
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address) { Under = server.Under };
        await File.WriteAllTextAsync(
            Path.Combine(gateway.Governance, "lost.yaml"),
            string.Join("\n---\n", Enumerable.Range(0, Names).SelectMany(Lost))
        );
        var (signer, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync();
        await using var load = new Load(gateway.Address, signer, bearer, clients: 4, TimeSpan.Zero);
        await load.SucceedsAsync(200);

        var began = Load.Now;
        using var chats = new ChatCalls(gateway.Address, bearer);
        var calls = (await Task.WhenAll(Enumerable.Range(0, Names).Select(i => chats.RepeatAsync($"lost{i}-1", stream: false, times: 1))))
            .SelectMany(c => c)
            .ToList();
        var meanwhile = load.Since(began);

        Assert.All(calls, call => Assert.Contains((call.Status, call.Code), new[] { (502, "upstream_failed"), (504, "upstream_timeout") }));
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        var (longest, shortest) = (meanwhile.Max(call => call.Took), calls.Min(call => call.Took));
        output.WriteLine($"{Names} names without an answer: {Load.Worst(calls)}; others meanwhile: {Load.Worst(meanwhile)}, 0 failed");
        Assert.True(longest < shortest / 2, $"{longest} against {shortest}");
    }

    private static string[] Lost(int number) =>
        [
            DoorDocuments.Model($"lost{number}", address: $"https://lost{number}.example/v1"),
            DoorDocuments.Permission("assistant", $"lost{number}"),
        ];
}
