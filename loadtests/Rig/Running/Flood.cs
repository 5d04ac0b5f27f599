using Gateway.LoadTests.Generating;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>
/// Bad signatures at five times the capacity, beside good traffic at half of it. Client and target share the machine, so what the flood's
/// own making takes is lost to both.
/// </summary>
internal static class Flood
{
    private const double Times = 5;
    private const int BadConnections = 64;

    public static FloodResult Run(Target target, TimeSpan length, int connections)
    {
        var capacity = TargetLoad.Closed(target, ScenarioList.SignedModel, length, connections).PerSecond;
        var alone = Good(target, length, connections, capacity / 2);
        LoadResult? flood = null;
        var bad = target.Workers(ScenarioList.Forged, BadConnections);
        var flooding = new Thread(() => flood = LoadGenerator.Open(bad, length, capacity * Times));
        flooding.Start();
        var beside = Good(target, length, connections, capacity / 2);
        flooding.Join();
        foreach (var worker in bad)
        {
            worker.Dispose();
        }

        var seconds = length.TotalSeconds;
        return new FloodResult(
            capacity,
            alone.InTime / seconds,
            beside.InTime / seconds,
            capacity * Times,
            flood!.InTime / seconds,
            alone.InTime > 0 ? (double)beside.InTime / alone.InTime : 0
        );
    }

    private static LoadResult Good(Target target, TimeSpan length, int connections, double perSecond)
    {
        var workers = target.Workers(ScenarioList.SignedModel, connections);
        var result = LoadGenerator.Open(workers, length, perSecond);
        foreach (var worker in workers)
        {
            worker.Dispose();
        }

        return result;
    }
}
