using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>Half load for a long time: memory and latency should stay where they are.</summary>
internal static class Soak
{
    private const int MostPoints = 360;

    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(10);

    /// <param name="length">Of the whole.</param>
    public static Series Run(Target target, TimeSpan length, int connections, CancellationToken cancellationToken)
    {
        var stretch = TimeSpan.FromTicks(Math.Max(Math.Min(ShortestStretch.Ticks, length.Ticks), length.Ticks / MostPoints));
        var half = TargetLoad.Closed(target, ScenarioList.SignedModel, ShortestStretch / 2, connections).PerSecond / 2;
        var phase = new Phase(ScenarioList.SignedModel, LoadMode.HalfLoad, stretch, 1);
        var points = new List<SeriesPoint>();
        for (var at = TimeSpan.Zero; at < length; at += stretch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            points.Add(PointOf((at + stretch).TotalSeconds, TargetLoad.Measure(target, phase, round: 0, connections, half)));
        }

        return new Series("seconds of half load", points);
    }

    public static SeriesPoint PointOf(double at, Measurement m) => new(at, m.PerSecond, m.P50Ms, m.P99Ms, m.CpuMicroseconds, m.Memory, m.FailedShare);
}
