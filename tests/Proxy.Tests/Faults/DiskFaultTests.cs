using Gateway.Evidence.Verification;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>The journal's disk stops answering, or takes no more, under load.</summary>
public sealed class DiskFaultTests(ITestOutputHelper output)
{
    private const int Asked = 40;

    [LoopDiskFact]
    public async Task A_disk_that_stops_answering_refuses_everything_and_recovers_when_it_answers()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        using var disk = new LoopDisk();
        await using var gateway = new GatewayProcess(provider.Address) { Journal = Path.Combine(disk.Path, "journal") };
        var (signer, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync("--Gateway:Evidence:Deadline=00:00:00.5");
        await using var load = Begin(gateway, signer, bearer);
        await load.SucceedsAsync(50);

        disk.Freeze();
        try
        {
            await RefusesAsync(load, provider);
        }
        finally
        {
            disk.Thaw(); // Until then not even SIGKILL ends what waits for it.
        }

        var thawed = Load.Now;
        await load.SucceedsAsync(20);
        output.WriteLine($"recovered after {load.FirstSuccess(thawed, signed: false).TotalMilliseconds:F0} ms");
        await load.EndAsync();

        // A batch that was being written when the disk stopped lands when it answers, though its callers have been refused meanwhile. The
        // next start marks what it decided.
        gateway.Terminate();
        Assert.Equal(0, await gateway.EndedAsync());
        await gateway.StartAsync();
        await VerifyAsync(gateway, load.Calls);
    }

    [LoopDiskFact]
    public async Task A_disk_that_becomes_read_only_refuses_everything_and_a_repaired_one_has_every_record()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        using var disk = new LoopDisk();
        await using var gateway = new GatewayProcess(provider.Address) { Journal = Path.Combine(disk.Path, "journal") };
        var (signer, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync();
        await using var before = Begin(gateway, signer, bearer);
        await before.SucceedsAsync(50);
        await before.EndAsync();

        disk.BecomeReadOnly();
        await using (var meanwhile = Begin(gateway, signer, bearer))
        {
            await RefusesAsync(meanwhile, provider);
        }

        await gateway.KillAsync();
        disk.Repair();
        var ready = await gateway.StartAsync();
        output.WriteLine($"repaired and started again: ready after {ready.TotalMilliseconds:F0} ms");
        await using var after = Begin(gateway, signer, bearer);
        await after.SucceedsAsync(20);
        await after.EndAsync();
        await VerifyAsync(gateway, [.. before.Calls, .. after.Calls]);
    }

    private static Load Begin(GatewayProcess gateway, RequestSigner signer, string bearer) =>
        new(gateway.Address, signer, bearer, clients: 8, TimeSpan.FromMilliseconds(10));

    /// <summary>
    /// What was under way may still be sent; after the first of these nothing is. One call, which was writing, may wait until the disk
    /// answers.
    /// </summary>
    private async Task RefusesAsync(Load load, RunningStandIn provider)
    {
        var began = Load.Now;
        await Waiting.ForAsync("calls are refused", () => load.Since(began).Count >= Asked);
        var (sent, from) = (await provider.CountAsync(), Load.Now);
        await Waiting.ForAsync("more calls are refused", () => load.Since(from).Count >= Asked);
        var refused = load.Since(from);
        Assert.All(refused, c => Assert.Equal((503, "evidence_unavailable"), (c.Status, c.Code)));
        Assert.Equal(sent, await provider.CountAsync());
        output.WriteLine($"refused meanwhile: {Load.Worst(refused)}, 0 open");
    }

    private async Task VerifyAsync(GatewayProcess gateway, IReadOnlyCollection<Call> calls)
    {
        gateway.Terminate();
        Assert.Equal(0, await gateway.EndedAsync());
        var result = JournalVerifier.Verify(gateway.JournalPath);
        Assert.True(result.IsGood, result.Problem?.ToString());
        Assert.Equal(0, result.OpenDecisions);
        var outcomes = JournalRecords.Read(gateway.JournalPath).Outcomes();
        var told = calls.Where(c => c.Succeeded).ToList();
        Assert.All(told, c => Assert.Equal("completed", outcomes.GetValueOrDefault(c.DecisionId!)));
        output.WriteLine($"{told.Count} answers, {outcomes.Count} outcomes, 0 lost");
    }
}
