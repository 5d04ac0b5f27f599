using Gateway.LoadTests.Budgets;
using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Running;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Tests.Running;

public sealed class SoakTests
{
    /// <summary>The first stretches warm up, and don't count.</summary>
    private static readonly SeriesPoint[] Flat = [Point(1), Point(2), Point(2), Point(2), Point(2), Point(2), Point(2), Point(2)];

    [Fact]
    public async Task ShortSoak_OfAllScenarios_LosesNothing()
    {
        var plan = new LoadPlan([], TimeSpan.Zero) { Connections = 6 };
        await using var targets = await TargetSet.StartAsync([]);

        var (soak, series) = await Soak.RunAsync(
            targets,
            TimeSpan.FromSeconds(1),
            perSecond: 100,
            plan.Connections,
            CancellationToken.None
        );

        Assert.True(soak is { Failed: 0, Lost: 0, Open: 0, Problem: null }, soak.ToString());
        Assert.True(soak.Answered >= 100 && soak.Decisions == soak.Answered, soak.ToString());
        Assert.Single(series.Points);
    }

    [Fact]
    public void AnswerWithoutADecision_BreaksTheBudget() => Assert.Contains("soak.lost", Broken(Good with { Answered = 11 }));

    [Fact]
    public void OpenDecisionOrBadJournal_BreaksTheBudget() =>
        Assert.Equal(["soak.open", "soak.journal_problems"], Broken(Good with { Open = 1, Problem = "torn" }));

    [Fact]
    public void SoakThatAnsweredNothing_BreaksTheBudget() => Assert.Contains("soak.failed_share", Broken(Good with { Answered = 0 }));

    [Fact]
    public void FlatSoak_KeepsAllBudgets() => Assert.Empty(Broken(Good with { MemoryGrowth = Soak.Growth(Flat, p => p.Memory) }));

    [Fact]
    public void MemoryThatGrows_BreaksTheBudget()
    {
        SeriesPoint[] growing = [.. Flat[..6], Point(2.3), Point(2.4)];

        Assert.Equal(["soak.memory_growth"], Broken(Good with { MemoryGrowth = Soak.Growth(growing, p => p.Memory) }));
    }

    private static SoakResult Good =>
        new()
        {
            Answered = 10,
            Decisions = 10,
            MemoryGrowth = 1,
            P50Growth = 1,
        };

    private static SeriesPoint Point(double memory) => new(0, 0, 0, 0, 0, (long)(memory * 1000), 0);

    private static IEnumerable<string> Broken(SoakResult soak)
    {
        var report = LoadReport.Create([Reports.Measured.Example], new Dictionary<string, string>()) with { Soak = soak };
        return RatioBudgets.Check("""{"ratios":{}}""", report).Where(row => row.Broken).Select(row => row.Name);
    }
}
