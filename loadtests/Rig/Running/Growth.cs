using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>What becomes of the embedded Gateway when one thing grows: it should be little, and where it isn't, it shows.</summary>
internal sealed class Growth(TargetSet targets, TimeSpan length, TimeSpan warmUp, int connections, TextWriter progress)
{
    private static readonly int[] Agents = [0, 100, 10_000, 100_000];
    private static readonly int[] Rules = [0, 100, 1_000, 10_000];
    private static readonly int[] Bytes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
    private static readonly int[] Connections = [1, 10, 100, 1_000, 2_000];

    public async Task<IReadOnlyList<Series>> RunAsync(CancellationToken cancellationToken)
    {
        var agents = new List<SeriesPoint>();
        foreach (var count in Agents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var gateway = await targets.StartGatewayAsync(count, rules: 0);
            agents.Add(Measure(gateway, ScenarioList.SignedModel, count, connections));
        }

        var rules = new List<SeriesPoint>();
        foreach (var count in Rules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var gateway = await targets.StartGatewayAsync(agents: 0, count);
            rules.Add(Measure(gateway, ScenarioList.SignedModel, count, connections));
        }

        await using var plain = await targets.StartGatewayAsync(agents: 1, rules: 1);
        var few = Math.Min(4, connections); // Ten of the longest bodies at once are enough.
        var bytes = Bytes.Select(size => Measure(plain, ScenarioList.WithBody(size), size, few)).ToList();
        var many = Connections.Select(count => Measure(plain, ScenarioList.SignedModel, count, count)).ToList();
        return
        [
            new Series("further agents", agents),
            new Series("further rules", rules),
            new Series("bytes of a prompt", bytes),
            new Series("connections", many),
        ];
    }

    private SeriesPoint Measure(Target target, Scenario scenario, double at, int count)
    {
        progress.WriteLine($"growth: {scenario.Name} at {at:N0}");
        TargetLoad.WarmUp(target, scenario, warmUp, count);
        var phase = new Phase(scenario, LoadMode.Maximum, length, 1);
        return Soak.PointOf(at, TargetLoad.Measure(target, phase, round: 0, count, perSecond: 0));
    }
}
