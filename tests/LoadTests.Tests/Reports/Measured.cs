using Gateway.LoadTests.Results;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Tests.Reports;

/// <summary>Measurements as a run makes them.</summary>
internal static class Measured
{
    public static readonly Measurement Example = new()
    {
        Scenario = "model-signed",
        Mode = LoadMode.Maximum,
        Target = TargetName.Embedded,
        Round = 0,
        Requests = 100,
        FailedShare = 0,
        PerSecond = 50,
        CpuMicroseconds = 30,
        P50Ms = 1,
        P99Ms = 2,
        P999Ms = 3,
        MaxMs = 4,
        Memory = 1,
    };
}
