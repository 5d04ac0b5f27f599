using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Results;

/// <summary>What counts once: until a process is ready, what it takes while nobody asks it, and until a stream shows something.</summary>
/// <param name="Agents">In the governance that it starts with.</param>
/// <param name="ReadySeconds">From the process' start until its port is open, which is when it is ready; the median.</param>
/// <param name="IdleBytes">Resident, two seconds later, without a request; the median.</param>
/// <param name="FirstEventMs">By target: from sending until the first bytes of a streamed answer's body, on one connection; medians of
/// medians over the rounds.</param>
public sealed record FirstFigures(int Agents, double ReadySeconds, double IdleBytes, IReadOnlyDictionary<TargetName, double> FirstEventMs);

/// <summary>What was left to good traffic while a flood of bad signatures arrived.</summary>
/// <param name="Capacity">Right answers a second at the maximum, without a flood.</param>
/// <param name="GoodAlone">Good answers a second, at half of the capacity and without a flood.</param>
/// <param name="GoodBeside">The same beside the flood.</param>
/// <param name="FloodOffered">Bad requests a second that were to be sent: five times the capacity.</param>
/// <param name="FloodSent">Bad requests a second that this machine got out, each of them refused.</param>
/// <param name="KeptShare">What good traffic kept of its throughput.</param>
public sealed record FloodResult(
    double Capacity,
    double GoodAlone,
    double GoodBeside,
    double FloodOffered,
    double FloodSent,
    double KeptShare
);

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
)
{
    /// <summary>From the process' start until its port is open; 0 where it isn't measured.</summary>
    public double ReadySeconds { get; init; }

    /// <summary>From a document's change until a request is judged by it; 0 where it isn't measured.</summary>
    public double InForceSeconds { get; init; }
}

/// <summary>What became of a long time of mixed load.</summary>
public sealed record SoakResult
{
    /// <summary>Right answers.</summary>
    public long Answered { get; init; }

    /// <summary>Requests that got no right answer, or couldn't be sent.</summary>
    public long Failed { get; init; }

    /// <summary>Decisions in the journal behind it.</summary>
    public long Decisions { get; init; }

    /// <summary>Answers without a decision on record.</summary>
    public long Lost => Math.Max(0, Answered - Decisions);

    /// <summary>Decisions without an outcome. All that was asked had ended when Gateway was killed.</summary>
    public long Open { get; init; }

    /// <summary>Of them those that no failed request accounts for: an answer whose outcome can't be recorded is not given.</summary>
    public long OpenUnexplained => Math.Max(0, Open - Failed);

    /// <summary>What is wrong with the journal; null when it verifies.</summary>
    public string? Problem { get; init; }

    /// <summary>Resident memory of the last quarter against the second; 1 is flat.</summary>
    public double MemoryGrowth { get; init; }

    /// <summary>Median latency, in the same way.</summary>
    public double P50Growth { get; init; }
}
