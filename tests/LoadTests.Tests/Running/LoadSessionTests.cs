using Gateway.LoadTests.Running;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Tests.Running;

/// <summary>The whole rig, for two seconds, with real processes.</summary>
public sealed class LoadSessionTests
{
    [Fact]
    public async Task ShortRun_OfBareYarpAndGateway_EndsWithRatiosAndRightAnswersOnly()
    {
        var plan = LoadPlan.Create([ScenarioList.SignedModel], TimeSpan.FromMilliseconds(200), rounds: 1) with
        {
            Connections = 2,
            WarmUp = TimeSpan.FromMilliseconds(200),
        };

        var report = await LoadSession.RunAsync(
            new LoadOrder(plan, [TargetName.Yarp, TargetName.Embedded]),
            TextWriter.Null,
            CancellationToken.None
        );

        var embedded = report.Ratios["embedded"];
        Assert.True(embedded is { Throughput: > 0, P50AddedMs: not null, P99AddedMs: not null, OneConnectionP50AddedMs: not null });
        Assert.Equal(24, report.Measurements.Count);
        Assert.All(
            report.Measurements,
            m => Assert.True(m.Requests > 0 && m.FirstFailure is null, $"{m.Target}, {m.Mode}: {m.FirstFailure}")
        );
    }
}
