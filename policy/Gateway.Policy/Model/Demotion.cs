namespace Gateway.Policy.Model;

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
