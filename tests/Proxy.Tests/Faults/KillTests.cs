using Gateway.Evidence.Verification;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary><c>kill -9</c> under load: whatever a client was told is on record, and the next start says what nobody knows.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 4;

    [Fact]
    public async Task A_killed_gateway_loses_no_answer_that_a_client_had_whole()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address);
        var (signer, bearer) = await gateway.PrepareAsync();
        var told = new List<Call>();
        for (var round = 0; round < Rounds; round++)
        {
            var ready = await gateway.StartAsync();
            output.WriteLine($"round {round}: ready after {ready.TotalMilliseconds:F0} ms");
            await using var load = new Load(gateway.Address, signer, bearer, clients: 16, TimeSpan.Zero);
            await load.SucceedsAsync(100 + (50 * round));
            await gateway.KillAsync();
            await load.EndAsync();
            told.AddRange(load.Calls.Where(c => c.Succeeded));
        }

        await gateway.StartAsync();
        gateway.Terminate();
        Assert.Equal(0, await gateway.EndedAsync());

        Verify(gateway, told);
    }

    private void Verify(GatewayProcess gateway, List<Call> told)
    {
        var result = JournalVerifier.Verify(gateway.JournalPath);
        Assert.True(result.IsGood, result.Problem?.ToString());
        Assert.Equal(0, result.OpenDecisions);

        var records = JournalRecords.Read(gateway.JournalPath);
        var (decisions, outcomes) = (records.Decisions(), records.Outcomes());
        // One whose last byte had just gone out may be taken for cut as well.
        var completed = records.Completed();
        var lost = told.Where(c => c.DecisionId is null || !decisions.Contains(c.DecisionId) || !completed.Contains(c.DecisionId)).ToList();
        Assert.Empty(lost);

        // Every decision ended some way, and where the process died in between the next start said so.
        Assert.Equal(decisions.Order(), outcomes.Keys.Order());
        var unknown = outcomes.Values.Count(s => s == "outcome_unknown");
        Assert.Equal(unknown, records.Of("recovery").Sum(r => r.GetProperty("outcome_unknown_count").GetInt32()));
        output.WriteLine(
            $"{told.Count} answers, {decisions.Count} decisions, {unknown} outcome_unknown, {records.Of("recovery").Count()} recoveries, "
                + $"{records.Of("recovery").Sum(r => r.GetProperty("bytes_cut").GetInt64())} bytes cut, 0 lost"
        );
    }
}
