namespace Gateway.Policy.Model;

/// <summary>The limits that every agent has one of each kind of, unless a document lifts it.</summary>
[Flags]
public enum LimitKinds
{
    None = 0,
    Rate = 1,
    ModelTokens = 2,
    Concurrency = 4,
}

/// <summary>Limits as a document says them for one agent, or for all that say nothing themselves.</summary>
/// <param name="Rate">Null where nothing is said, or <c>none</c>.</param>
/// <param name="ModelTokens">The same.</param>
/// <param name="Concurrency">Requests under way at once, from 1 to 10,000; otherwise the same.</param>
/// <param name="Lifted">Those that are said to be <c>none</c>: there is no limit then, and no other default.</param>
public sealed record StatedLimits(RateLimit? Rate, TokenBudget? ModelTokens, int? Concurrency, LimitKinds Lifted)
{
    /// <summary>
    /// What holds for an agent of which neither its own document nor its tenant's says anything. An everyday client, such as a coding agent
    /// with helpers of its own, doesn't come near: the makers of Claude Code count on 5 to 7 requests and up to 300,000 tokens a minute of
    /// one developer (code.claude.com/docs/en/costs, "Rate limit recommendations"). The rate is a hundred times that; the tokens are those
    /// of eight such hours, rounded up; the requests at once are as many as the connections that Python's httpx, which the official clients
    /// use, opens unless told otherwise (python-httpx.org/advanced/resource-limits).
    /// </summary>
    public static StatedLimits BuiltIn { get; } =
        new(new RateLimit(600, TimeSpan.FromMinutes(1), 600), new TokenBudget(150_000_000, TimeSpan.FromDays(1)), 100, LimitKinds.None);

    /// <summary>Whether the document says something of a kind, be it that there is no limit.</summary>
    public bool Says(LimitKinds kind) =>
        (Lifted & kind) != 0
        || kind switch
        {
            LimitKinds.Rate => Rate is not null,
            LimitKinds.ModelTokens => ModelTokens is not null,
            LimitKinds.Concurrency => Concurrency is not null,
            _ => false,
        };
}

/// <summary>Who says which limit an agent has.</summary>
public enum LimitOrigin
{
    BuiltIn = 0,
    Tenant = 1,
    Agent = 2,
}

/// <summary>The limits that hold for one agent, beside its tenant's and its connectors' own. Found when documents are compiled.</summary>
public sealed class AgentLimits
{
    /// <param name="defaults">Those of the agent's tenant; null where it says none.</param>
    public AgentLimits(Agent agent, StatedLimits? defaults)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Name = $"agent/{agent.Id}";
        var rate = Choose(agent.Limits, defaults, LimitKinds.Rate);
        var tokens = Choose(agent.Limits, defaults, LimitKinds.ModelTokens);
        var concurrency = Choose(agent.Limits, defaults, LimitKinds.Concurrency);
        (Rate, RateFrom) = (rate.Of.Rate, rate.From);
        (ModelTokens, ModelTokensFrom) = (tokens.Of.ModelTokens, tokens.From);
        (Concurrency, ConcurrencyFrom) = (concurrency.Of.Concurrency, concurrency.From);
    }

    /// <summary>Under which they are counted.</summary>
    public string Name { get; }

    /// <summary>Null where a document says <c>none</c>.</summary>
    public RateLimit? Rate { get; }

    public LimitOrigin RateFrom { get; }

    /// <summary>Null where a document says <c>none</c>.</summary>
    public TokenBudget? ModelTokens { get; }

    public LimitOrigin ModelTokensFrom { get; }

    /// <value>Requests under way at once; null where a document says <c>none</c>.</value>
    public int? Concurrency { get; }

    public LimitOrigin ConcurrencyFrom { get; }

    private static (StatedLimits Of, LimitOrigin From) Choose(StatedLimits own, StatedLimits? defaults, LimitKinds kind) =>
        own.Says(kind) ? (own, LimitOrigin.Agent)
        : defaults?.Says(kind) == true ? (defaults, LimitOrigin.Tenant)
        : (StatedLimits.BuiltIn, LimitOrigin.BuiltIn);
}
