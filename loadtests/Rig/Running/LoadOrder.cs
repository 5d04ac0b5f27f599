using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>What was asked for on the command line.</summary>
internal sealed record LoadOrder(LoadPlan Plan, IReadOnlyCollection<TargetName> Targets)
{
    /// <summary>The gateway.dll that is measured; null for the one that was built beside the rig.</summary>
    public string? Gateway { get; init; }

    /// <summary>Whether a flood of bad signatures is tried too.</summary>
    public bool Flood { get; init; }

    /// <summary>Whether growth is measured too.</summary>
    public bool Growth { get; init; }

    /// <summary>Whether starts, idle memory and the time to a stream's first event are measured too.</summary>
    public bool Firsts { get; init; }

    /// <value>Zero for none.</value>
    public TimeSpan Soak { get; init; }

    /// <value>Requests a second of the soak.</value>
    public double SoakRate { get; init; } = 500;
}
