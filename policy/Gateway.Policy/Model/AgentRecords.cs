namespace Gateway.Policy.Model;

/// <summary>That an agent may move these classes of data to this connector's system.</summary>
public sealed record DataFlow
{
    public required Id<Tenant> Tenant { get; init; }
    public required string Name { get; init; }
    public required Id<Agent> Agent { get; init; }
    public required Id<Connector> Connector { get; init; }
    public required DataClasses Data { get; init; }
    public required SourcePosition Source { get; init; }
}

/// <summary>A rehearsed answer to one kind of incident, for one agent.</summary>
/// <param name="Owner">A named person; without one the playbook doesn't count.</param>
/// <param name="TestedOn">Null for never tested.</param>
public sealed record Playbook(
    Id<Tenant> Tenant,
    string Name,
    Id<Agent> Agent,
    IncidentScenario Scenario,
    string? Owner,
    DateOnly? TestedOn,
    SourcePosition Source
);

/// <summary>What a high-risk agent has a playbook for (control 9).</summary>
public enum IncidentScenario
{
    Unspecified = 0,
    PromptInjection = 1,
    UnauthorisedAction = 2,
    RogueAgent = 3,
}

/// <summary>An attack that was tried on an agent, and how it ended. Only a passed one counts (control 11).</summary>
public sealed record RedTeamTest(Id<Tenant> Tenant, string Name, Id<Agent> Agent, bool Passed, DateOnly On, SourcePosition Source);

/// <summary>A known problem (or, as a risk, a possible one) tied to an agent. An open critical one can stop it (control 10).</summary>
/// <param name="IsRisk">A <c>Risk</c> document rather than a <c>Finding</c>.</param>
public sealed record Finding(Id<Tenant> Tenant, string Name, Id<Agent> Agent, RiskTier Tier, bool Open, bool IsRisk, SourcePosition Source);
