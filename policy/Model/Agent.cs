namespace Gateway.Policy.Model;

/// <summary>A registered identity that acts. What changes at run time (a suspension) is in the durable store and comes as a fact.</summary>
public sealed record Agent
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Id { get; init; }

    /// <summary>A named person who answers for the agent; null fails control 3.</summary>
    public string? HumanOwner { get; init; }

    /// <summary>A named person who answers for its security; null fails control 4.</summary>
    public string? SecurityOwner { get; init; }

    public string Purpose { get; init; } = "";
    public LifecycleStatus Status { get; init; }
    public AtfLevel Level { get; init; }
    public RiskTier Risk { get; init; }
    public string Version { get; init; } = "";

    /// <summary>Null for no limit of its own.</summary>
    public RateLimit? Rate { get; init; }

    /// <value>Requests under way at once, from 1 to 10,000; null for no limit of its own.</value>
    public int? Concurrency { get; init; }

    /// <summary>Null for no limit of its own.</summary>
    public TokenBudget? ModelTokens { get; init; }

    /// <summary>Whether a bearer key opens tools too. Off unless the document says so: a bearer can be replayed.</summary>
    public bool BearerTools { get; init; }

    public required SourcePosition Source { get; init; }
}
