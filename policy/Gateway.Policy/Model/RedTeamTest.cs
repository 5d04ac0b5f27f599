namespace Gateway.Policy.Model;

/// <summary>An attack that was tried on an agent, and how it ended. Only a passed one counts (control 11).</summary>
public sealed record RedTeamTest(Id<Tenant> Tenant, string Name, Id<Agent> Agent, bool Passed, DateOnly On, SourcePosition Source);
