using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Results;

/// <summary>
/// One stretch of load on one target in one round. Latencies in milliseconds, CPU time in microseconds a request that got its answer.
/// </summary>
public sealed record Measurement
{
    public required string Scenario { get; init; }

    public required LoadMode Mode { get; init; }

    public required TargetName Target { get; init; }

    public required int Round { get; init; }

    public required long Requests { get; init; }

    /// <summary>Share of requests that got no right answer.</summary>
    public required double FailedShare { get; init; }

    public string? FirstFailure { get; init; }

    public required double PerSecond { get; init; }

    public required double CpuMicroseconds { get; init; }

    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    public required double P999Ms { get; init; }

    public required double MaxMs { get; init; }

    /// <value>Bytes resident at the end.</value>
    public required long Memory { get; init; }
}

/// <summary>How a scenario is driven.</summary>
public enum LoadMode
{
    None = 0,

    /// <summary>As fast as it goes, over all connections.</summary>
    Maximum,

    /// <summary>At a constant arrival rate of half of what the slower of the two Gateways can do, the same for all.</summary>
    HalfLoad,

    /// <summary>One connection, one request after the other.</summary>
    OneConnection,
}

/// <summary>The modes in words, as in reports.</summary>
internal static class LoadModes
{
    public static string NameOf(LoadMode mode) =>
        mode switch
        {
            LoadMode.Maximum => "maximum",
            LoadMode.HalfLoad => "half load",
            LoadMode.OneConnection => "one connection",
            LoadMode.None => "none",
        };
}
