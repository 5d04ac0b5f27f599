using System.Globalization;
using Gateway.Evidence.Verification;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Systems that fail in every way at once, each under a load of its own, beside two that work.</summary>
public sealed class UpstreamFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 4;
    private const int Calls = 40;
    private const long MostMemory = 256 * 1024 * 1024;
    private const string Breaker = "breaker: {minimumRequests: 5, openFor: 200ms}";

    private readonly ScriptedUpstream _upstream = new();
    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private Load _load = null!;
    private string _bearer = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        var documents = BrokenSystem.All.SelectMany(system =>
            new[]
            {
                DoorDocuments.Model(system.Name, $"  {Breaker}\n  {system.Limits}", $"{_upstream.Address}v1"),
                DoorDocuments.Permission("assistant", system.Name),
            }
        );
        await File.WriteAllTextAsync(Path.Combine(_gateway.Governance, "broken.yaml"), string.Join("\n---\n", documents));
        (var signer, _bearer) = await _gateway.PrepareAsync();
        await _gateway.StartAsync();
        _load = new Load(_gateway.Address, signer, _bearer, clients: 4, TimeSpan.Zero);
        await _load.SucceedsAsync(200);
    }

    public async Task DisposeAsync()
    {
        await _load.DisposeAsync();
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Systems_that_fail_are_refused_or_cut_and_recorded_and_hold_up_no_other()
    {
        var (began, before) = (Load.Now, _gateway.Resident);
        var seen = await Task.WhenAll(BrokenSystem.All.Select(CallAsync));
        await _load.SucceedsAsync(100);
        var meanwhile = _load.Since(began);
        var more = _gateway.MostResident - before;
        await _load.EndAsync();
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());

        var result = JournalVerifier.Verify(_gateway.JournalPath);
        Assert.True(result.IsGood, result.Problem?.ToString());
        Assert.Equal(0, result.OpenDecisions);
        var records = JournalRecords.Read(_gateway.JournalPath);
        var (decisions, outcomes) = (records.Decisions(), records.Outcomes());
        foreach (var (system, calls) in BrokenSystem.All.Zip(seen))
        {
            output.WriteLine(
                $"{system.Name}: {string.Join(", ", calls.CountBy(c => $"{c.Status} {c.Code}").Select(c => $"{c.Value} x {c.Key}"))}, "
                    + $"{system.Received} reached it, {Load.Worst(calls)}"
            );
            Assert.All(calls, c => Assert.Contains((c.Status, c.Code), system.Wanted.Append((503, "upstream_unavailable"))));
            Assert.Equal(system.OpensBreaker, calls.Any(c => c.Code == "upstream_unavailable"));
            // The time can be over before a busy machine has sent it.
            var tried = calls.Count(c => c.Code != "upstream_unavailable");
            Assert.InRange(system.Received, calls.Any(c => c.Code == "upstream_timeout") ? 1 : tried, tried);

            // A cut answer too has its decision's id in its head.
            Assert.All(calls, c => Assert.True(c.DecisionId is not null && decisions.Contains(c.DecisionId), c.ToString()));
            Assert.All(calls, c => Assert.Equal(c.Code == "upstream_unavailable" ? "refused" : system.Outcome, outcomes[c.DecisionId!]));
        }

        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine(
            $"others meanwhile: {Load.Worst(meanwhile)}, 0 failed; {more / 1024 / 1024} MiB more memory at most; 0 open, 0 lost"
        );
        Assert.True(more < MostMemory, string.Create(CultureInfo.InvariantCulture, $"{more} bytes"));
    }

    private async Task<List<Call>> CallAsync(BrokenSystem system)
    {
        system.Attach(_upstream);
        using var chat = new ChatCalls(_gateway.Address, _bearer);
        var calls = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(_ => Task.Run(() => chat.RepeatAsync(system.Name + "-1", system.Streams, Calls)))
        );
        return [.. calls.SelectMany(c => c)];
    }
}
