using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Running;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Tests.Running;

/// <summary>With real processes.</summary>
public sealed class FirstsTests
{
    [Fact]
    public async Task ShortRun_FindsTheStartTheIdleMemoryAndTheFirstEventOfEachTarget()
    {
        await using var targets = await TargetSet.StartAsync([TargetName.Yarp, TargetName.Embedded]);

        var firsts = await new Firsts(targets, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100)) { Times = 1 }.RunAsync(
            CancellationToken.None
        );

        Assert.True(firsts is { Agents: 1_000, ReadySeconds: > 0.05, IdleBytes: > 20e6 }, firsts.ToString());
        Assert.Equal([TargetName.Upstream, TargetName.Yarp, TargetName.Embedded], firsts.FirstEventMs.Keys);
        Assert.All(firsts.FirstEventMs.Values, ms => Assert.True(ms > 0));
        Assert.Contains(
            "first event, embedded",
            TextReport.Render(LoadReport.Create([], new Dictionary<string, string>()) with { Firsts = firsts }),
            StringComparison.Ordinal
        );
    }
}
