namespace Gateway.Policy.Model;

/// <summary>An agent's maturity in the Agentic Trust Framework, from intern to principal. Unassigned may do nothing.</summary>
public enum AtfLevel
{
    Unassigned = 0,
    L1 = 1,
    L2 = 2,
    L3 = 3,
    L4 = 4,
}

/// <summary>
/// What a profile can ask of an agent before a level counts. Who doesn't meet one acts at the highest level below it.
/// The ids are those of the Agentic Trust Framework 0.9.1.
/// </summary>
public enum LevelRequirement
{
    None = 0,

    /// <summary>I-4: the agent states its purpose.</summary>
    Purpose = 1,

    /// <summary>I-5: the agent has a capability manifest.</summary>
    Capabilities = 2,

    /// <summary>S-3: the agent has a rate limit of its own.</summary>
    Rate = 3,

    /// <summary>S-4: a financial operation has a transaction limit. Asked of the action, not of the agent.</summary>
    Transaction = 4,

    /// <summary>S-5: the agent has a cumulative limit.</summary>
    Cumulative = 5,

    /// <summary>The agent has an owned playbook for each of the three scenarios, whatever its risk tier.</summary>
    Playbooks = 6,

    /// <summary>The agent has a passed red-team test on record, whatever the action.</summary>
    RedTeam = 7,
}

/// <summary>The record that people signed for one step of an agent's level. It counts from its day on, in UTC.</summary>
/// <param name="To">L2 to L4.</param>
/// <param name="SignedBy">Distinct people, however their names are spaced or capitalised.</param>
public sealed record Promotion(AtfLevel To, DateOnly On, IReadOnlyList<string> SignedBy);
