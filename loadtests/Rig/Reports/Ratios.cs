using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Reports;

/// <summary>
/// How a target stands to bare YARP in one scenario: medians over the rounds of what was measured in the same round. Null where it wasn't
/// measured.
/// </summary>
public sealed record Ratios
{
    /// <summary>Requests a second at the maximum, over bare YARP's.</summary>
    public double? Throughput { get; init; }

    /// <summary>CPU time a request at the maximum, over bare YARP's. Processes that belong to the target (a Redis) count.</summary>
    public double? Cpu { get; init; }

    /// <summary>Milliseconds over bare YARP's median at the same constant arrival rate.</summary>
    public double? P50AddedMs { get; init; }

    public double? P99AddedMs { get; init; }

    /// <summary>Milliseconds over the upstream's own, on one connection.</summary>
    public double? OneConnectionP50AddedMs { get; init; }

    public double? OneConnectionP99AddedMs { get; init; }

    /// <summary>Requests a second at the maximum, over Portkey's.</summary>
    public double? ThroughputOverPortkey { get; init; }

    public static Ratios Compute(IReadOnlyList<Measurement> measurements, string scenario, TargetName target)
    {
        double? Median(LoadMode mode, TargetName against, Func<Measurement, Measurement, double> compare)
        {
            var pairs =
                from mine in measurements
                join other in measurements on (mine.Scenario, mine.Mode, mine.Round) equals (other.Scenario, other.Mode, other.Round)
                where
                    mine.Target == target
                    && other.Target == against
                    && mine.Mode == mode
                    && mine.Scenario == scenario
                    && other.Requests > 0
                    && mine.Requests > 0
                select compare(mine, other);
            var values = pairs.Where(double.IsFinite).ToList();
            return values.Count > 0 ? Medians.Compute(values) : null;
        }

        return new Ratios
        {
            Throughput = Median(LoadMode.Maximum, TargetName.Yarp, (a, b) => a.PerSecond / b.PerSecond),
            Cpu = Median(LoadMode.Maximum, TargetName.Yarp, (a, b) => a.CpuMicroseconds / b.CpuMicroseconds),
            P50AddedMs = Median(LoadMode.HalfLoad, TargetName.Yarp, (a, b) => a.P50Ms - b.P50Ms),
            P99AddedMs = Median(LoadMode.HalfLoad, TargetName.Yarp, (a, b) => a.P99Ms - b.P99Ms),
            OneConnectionP50AddedMs = Median(LoadMode.OneConnection, TargetName.Upstream, (a, b) => a.P50Ms - b.P50Ms),
            OneConnectionP99AddedMs = Median(LoadMode.OneConnection, TargetName.Upstream, (a, b) => a.P99Ms - b.P99Ms),
            ThroughputOverPortkey = Median(LoadMode.Maximum, TargetName.Portkey, (a, b) => a.PerSecond / b.PerSecond),
        };
    }
}
