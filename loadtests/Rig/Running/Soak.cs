using Gateway.Evidence.Verification;
using Gateway.LoadTests.Generating;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>
/// All scenarios at once for a long time, at a constant rate: memory and latency should stay where they are, and each answer must have its
/// records. On a Gateway of its own, so that what its journal has at the end is what was asked here.
/// </summary>
internal static class Soak
{
    private const int MostPoints = 360;

    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(10);

    /// <param name="length">Of the whole.</param>
    /// <param name="perSecond">Over all scenarios. Each request leaves some 3 KB in the journal, which the disk must have room for.</param>
    public static async Task<(SoakResult Result, Series Series)> RunAsync(
        TargetSet targets,
        TimeSpan length,
        double perSecond,
        int connections,
        CancellationToken cancellationToken
    )
    {
        var stretch = TimeSpan.FromTicks(Math.Max(Math.Min(ShortestStretch.Ticks, length.Ticks), length.Ticks / MostPoints));
        var phase = new Phase(ScenarioList.SignedModel with { Name = "mixed" }, LoadMode.HalfLoad, stretch, 1);
        var points = new List<SeriesPoint>();
        var (answered, failed, journal) = (0L, 0L, "");
        await using (var gateway = await targets.StartGatewayAsync(agents: 0, rules: 0))
        {
            journal = gateway.Journal;
            answered += ScenarioList.All.Sum(scenario =>
                TargetLoad.WarmUp(gateway, scenario, TimeSpan.FromMilliseconds(100), connections: 1)
            );
            for (var at = TimeSpan.Zero; at < length; at += stretch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var before = gateway.CpuSeconds;
                var load = Stretch(gateway, stretch, perSecond, connections);
                points.Add(PointOf((at + stretch).TotalSeconds, TargetLoad.Describe(gateway, phase, 0, load, gateway.CpuSeconds - before)));
                (answered, failed) = (answered + load.Succeeded, failed + load.Failed + load.Unsent);
            }
        }

        var result = Count(journal, cancellationToken) with
        {
            Answered = answered,
            Failed = failed,
            MemoryGrowth = Growth(points, point => point.Memory),
            P50Growth = Growth(points, point => point.P50Ms),
        };
        return (result, new Series("seconds of mixed load", points));
    }

    public static SeriesPoint PointOf(double at, Measurement m) =>
        new(at, m.PerSecond, m.P50Ms, m.P99Ms, m.CpuMicroseconds, m.Memory, m.FailedShare);

    /// <summary>
    /// The last quarter's median against the second's: the first still warms up. 1 where there are too few points to say.
    /// </summary>
    public static double Growth(IReadOnlyList<SeriesPoint> points, Func<SeriesPoint, double> of)
    {
        var quarter = points.Count / 4;
        return quarter == 0
            ? 1
            : Medians.Compute(points.TakeLast(quarter).Select(of)) / Medians.Compute(points.Skip(quarter).Take(quarter).Select(of));
    }

    private static LoadResult Stretch(Target gateway, TimeSpan length, double perSecond, int connections)
    {
        List<LoadWorker> workers =
        [
            .. ScenarioList.All.SelectMany(scenario => gateway.Workers(scenario, Math.Max(1, connections / ScenarioList.All.Count))),
        ];
        try
        {
            return LoadGenerator.Open(workers, length, perSecond);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static SoakResult Count(string journal, CancellationToken cancellationToken)
    {
        var verified = JournalVerifier.Verify(Path.Combine(journal, LoadGovernance.Tenant), cancellationToken);
        return new SoakResult
        {
            Decisions = verified.Decisions,
            Open = verified.OpenDecisions,
            Problem = verified.Problem?.ToString(),
        };
    }
}
