using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>What becomes of the embedded Gateway when one thing grows: it should be little, and where it isn't, it shows.</summary>
internal sealed class Growth(TargetSet targets, TimeSpan length, TimeSpan warmUp, int connections, TextWriter progress)
{
    private static readonly int[] Agents = [0, 100, 10_000, 100_000];
    private const int DocumentsAnAgent = 3;
    private static readonly int[] Rules = [0, 100, 1_000, 10_000];
    private static readonly int[] Bytes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
    private static readonly int[] Connections = [1, 10, 100, 1_000, 2_000];

    public async Task<IReadOnlyList<Series>> RunAsync(CancellationToken cancellationToken)
    {
        var agents = new List<SeriesPoint>();
        foreach (var count in Agents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            agents.Add(await GrowAsync(count, GatewayTarget.DocumentsAFile, cancellationToken));
        }

        agents.Add(await GrowAsync(Agents[^1], DocumentsAnAgent, cancellationToken));

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
            new Series("further agents", agents), // The last with a file for each.
            new Series("further rules", rules),
            new Series("bytes of a prompt", bytes),
            new Series("connections", many),
        ];
    }

    private async Task<SeriesPoint> GrowAsync(int agents, int documentsAFile, CancellationToken cancellationToken)
    {
        await using var gateway = await targets.StartGatewayAsync(agents, rules: 0, documentsAFile);
        var point = Measure(gateway, ScenarioList.SignedModel, agents, connections) with
        {
            ReadySeconds = gateway.ReadyAfter.TotalSeconds,
            InForceSeconds = await ChangedDocument.SecondsAsync(gateway, cancellationToken),
        };
        progress.WriteLine($"  ready in {point.ReadySeconds:0.0} s, a change in force in {point.InForceSeconds:0.0} s");
        return point;
    }

    private SeriesPoint Measure(Target target, Scenario scenario, double at, int count)
    {
        progress.WriteLine($"growth: {scenario.Name} at {at:N0}");
        TargetLoad.WarmUp(target, scenario, warmUp, count);
        var phase = new Phase(scenario, LoadMode.Maximum, length, 1);
        var point = Soak.PointOf(at, TargetLoad.Measure(target, phase, round: 0, count, perSecond: 0));
        progress.WriteLine($"  {point.PerSecond:0} requests/s, {point.CpuMicroseconds:0} us each, {point.Memory / 1e6:0} MB");
        return point;
    }
}
