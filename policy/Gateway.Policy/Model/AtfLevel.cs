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

/// <summary>When an agent falls to a lower level by itself, from what documents say about it.</summary>
/// <param name="On">At least one.</param>
/// <param name="To">The highest level that it keeps.</param>
/// <param name="Count">For <see cref="DemotionTriggers.OpenFindings"/>: how many open ones. From 1 to 1,000.</param>
public sealed record Demotion(DemotionTriggers On, AtfLevel To, int Count);

/// <summary>What can demote an agent, as a set.</summary>
[Flags]
public enum DemotionTriggers
{
    None = 0,
    OpenCriticalFinding = 1 << 0,
    OpenCriticalRisk = 1 << 1,

    /// <summary>So many open findings (not risks) of any tier as the demotion says.</summary>
    OpenFindings = 1 << 2,
    FailedRedTeamTest = 1 << 3,
}
