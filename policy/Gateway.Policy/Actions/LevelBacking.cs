using Gateway.Policy.Model;

namespace Gateway.Policy.Actions;

/// <summary>
/// How much of an agent's assigned level is backed by what its profile asks for, and since when. A level is backed when everything that
/// binds at it and at every level below is there; who lacks something acts at the highest backed one. Immutable.
/// </summary>
public sealed class LevelBacking
{
    private readonly DateOnly[] _from;

    private LevelBacking(AtfLevel assigned, DateOnly[] from, AtfLevel ceiling, string? lacks) =>
        (Assigned, _from, Ceiling, Lacks) = (assigned, from, ceiling, lacks);

    /// <summary>As the document says.</summary>
    public AtfLevel Assigned { get; }

    /// <summary>The highest level that demotions leave; L4 for none.</summary>
    public AtfLevel Ceiling { get; }

    /// <summary>
    /// What the first level that isn't backed lacks, such as <c>capabilities</c> or <c>promotion</c>; null where nothing is lacking.
    /// </summary>
    public string? Lacks { get; }

    /// <summary>The level that counts on a day, in UTC: a promotion counts from its own day on.</summary>
    public AtfLevel On(DateOnly day)
    {
        var level = AtfLevel.Unassigned;
        while ((int)level < _from.Length && _from[(int)level] <= day)
        {
            level++;
        }

        return level < Ceiling ? level : Ceiling;
    }

    /// <summary>Whether a later day gives another level.</summary>
    public bool ChangesAfter(DateOnly day)
    {
        foreach (var from in _from)
        {
            if (from > day)
            {
                return true;
            }
        }

        return false;
    }

    public static LevelBacking Compute(Agent agent, Profile profile, AgentEvidence evidence)
    {
        var from = new List<DateOnly>();
        string? lacks = null;
        for (var level = AtfLevel.L1; level <= agent.Level && lacks is null; level++)
        {
            lacks =
                Missing(agent, profile, evidence, level)
                ?? (SignedFrom(agent, profile, level) is { } day && Keep(from, day) ? null : "promotion");
        }

        var triggered = profile.Demotions.Concat(agent.Demote is { } own ? [own] : []).Where(evidence.Triggers);
        return new LevelBacking(agent.Level, [.. from], triggered.Select(d => d.To).DefaultIfEmpty(AtfLevel.L4).Min(), lacks);
    }

    /// <summary>The first requirement of the level that isn't met; null for none.</summary>
    private static string? Missing(Agent agent, Profile profile, AgentEvidence evidence, AtfLevel level)
    {
        foreach (var requirement in Vocabulary.Requirement.Values)
        {
            if (profile.Demands(requirement, level) && !IsMet(requirement, agent, evidence))
            {
                return Vocabulary.Requirement.Text(requirement);
            }
        }

        return null;
    }

    public static bool IsMet(LevelRequirement requirement, Agent agent, AgentEvidence evidence) =>
        requirement switch
        {
            LevelRequirement.Purpose => agent.Purpose.Length > 0,
            LevelRequirement.Capabilities => agent.Capabilities is not null,
            LevelRequirement.Rate => agent.Rate is not null,
            LevelRequirement.Transaction => true, // Asked of each action.
            LevelRequirement.Cumulative => agent.Cumulative is not null,
            LevelRequirement.Playbooks => evidence.HasEveryPlaybook,
            LevelRequirement.RedTeam => evidence.HasPassedTest,
            LevelRequirement.None => false,
        };

    /// <summary>From when on enough people had signed for the level; null for never.</summary>
    private static DateOnly? SignedFrom(Agent agent, Profile profile, AtfLevel level)
    {
        var needed = profile.SignOffs[(int)level - 1];
        return level == AtfLevel.L1 || needed == 0
            ? DateOnly.MinValue
            : agent.Promotions.Where(p => p.To == level && p.SignedBy.Count >= needed).Select(p => (DateOnly?)p.On).Min();
    }

    private static bool Keep(List<DateOnly> from, DateOnly day)
    {
        from.Add(day);
        return true;
    }
}
