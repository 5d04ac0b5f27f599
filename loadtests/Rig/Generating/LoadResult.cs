using HdrHistogram;

namespace Gateway.LoadTests.Generating;

/// <summary>What one stretch of load came to.</summary>
public sealed record LoadResult
{
    /// <summary>Right answers, those that came after the end too.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Right answers that came before the stretch was over.</summary>
    public required long InTime { get; init; }

    public required long Failed { get; init; }

    /// <summary>Open loop: requests that were due, and couldn't be sent until long after the end.</summary>
    public long Unsent { get; init; }

    /// <summary>From the start to the last answer.</summary>
    public required double Seconds { get; init; }

    public required LongHistogram Latency { get; init; }

    /// <summary>The first thing that went wrong; null when nothing did.</summary>
    public string? FirstFailure { get; init; }

    public double PerSecond => Seconds > 0 ? Succeeded / Seconds : 0;

    public double FailedShare => Succeeded + Failed + Unsent is > 0 and var all ? (double)(Failed + Unsent) / all : 0;
}
