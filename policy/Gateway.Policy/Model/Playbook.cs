namespace Gateway.Policy.Model;

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
