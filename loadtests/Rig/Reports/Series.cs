namespace Gateway.LoadTests.Reports;

/// <summary>How figures change with one thing that grows: agents, rules, bytes, connections, or time.</summary>
/// <param name="Of">What grows, with its unit.</param>
public sealed record Series(string Of, IReadOnlyList<SeriesPoint> Points);

/// <param name="At">How much of it.</param>
/// <param name="Memory">Bytes resident.</param>
public sealed record SeriesPoint(
    double At,
    double PerSecond,
    double P50Ms,
    double P99Ms,
    double CpuMicroseconds,
    long Memory,
    double FailedShare
);
