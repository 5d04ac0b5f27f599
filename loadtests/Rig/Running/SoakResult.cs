namespace Gateway.LoadTests.Running;

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
