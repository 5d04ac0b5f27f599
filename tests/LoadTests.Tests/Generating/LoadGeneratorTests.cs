using Gateway.LoadTests.Client;
using Gateway.LoadTests.Generating;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Tests.Generating;

/// <summary>
/// One connection to a server that answers every request but one at once. Counts only: how fast this machine is doesn't matter.
/// </summary>
public sealed class LoadGeneratorTests
{
    private const double PerSecond = 100;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private static readonly AgentKeys Nobody = new("load", "main", Scenario.Busy, "load.aaaaaaaaaa", new byte[32], "none");

    [Fact]
    public void OpenLoop_ChargesAStall_ToEveryRequestThatWasDueInIt()
    {
        var result = Run(worker => LoadGenerator.Open([worker], Length, PerSecond));

        Assert.Equal(200, result.Succeeded + result.Unsent);
        Assert.True(result.Latency.Milliseconds(1) >= Stall.TotalMilliseconds);

        // A hundred were due while it stalled, and half of those waited for half of it at least.
        Assert.True(
            result.Latency.Milliseconds(0.75) >= Stall.TotalMilliseconds / 2 * 0.9,
            $"75% took up to {result.Latency.Milliseconds(0.75)} ms"
        );
    }

    [Fact]
    public void ClosedLoop_ShowsAStall_AsOneSlowRequest()
    {
        var result = Run(worker => LoadGenerator.Closed([worker], Length));

        Assert.True(result.Succeeded > 10 && result.Latency.Milliseconds(1) >= Stall.TotalMilliseconds);
        Assert.True(result.Latency.Milliseconds(0.5) < Stall.TotalMilliseconds / 2);
    }

    [Fact]
    public void WrongAnswer_Counts_AsAFailure()
    {
        using var server = new StallingServer(stalled: -1, Stall);
        using var worker = new LoadWorker(server.Address, Request(server.Address), new AnswerCheck(200, "another"u8.ToArray()));

        var result = LoadGenerator.Open([worker], TimeSpan.FromMilliseconds(100), PerSecond);

        Assert.Equal((0, 10), (result.Succeeded, result.Failed));
        Assert.Contains("'another'", result.FirstFailure, StringComparison.Ordinal);
    }

    private static LoadResult Run(Func<LoadWorker, LoadResult> run)
    {
        using var server = new StallingServer(stalled: 5, Stall);
        using var worker = new LoadWorker(server.Address, Request(server.Address), ScenarioList.SignedModel.Check(governed: false));
        return run(worker);
    }

    private static PreparedRequest Request(Uri address) =>
        ScenarioList.SignedModel.Prepare(address, new Dictionary<string, AgentKeys> { [Scenario.Busy] = Nobody }, "");
}
