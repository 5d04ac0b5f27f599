using Gateway.Policy.Model;

namespace Gateway.Policy.Actions;

/// <summary>
/// How much of an agent's assigned level is backed by what its profile asks for, and since when. A level is backed when everything that
/// binds at it and at every level below is there; who lacks something acts at the highest backed one. Immutable.
/// </summary>
public sealed class LevelBacking
{
    private readonly DateOnly[] _from;
    private readonly string? _lacks;
    private readonly Profile _profile;
    private readonly AgentEvidence _evidence;

    private LevelBacking(AtfLevel assigned, DateOnly[] from, AtfLevel ceiling, string? lacks, Profile profile, AgentEvidence evidence) =>
        (Assigned, _from, Ceiling, _lacks, _profile, _evidence) = (assigned, from, ceiling, lacks, profile, evidence);

    /// <summary>As the document says.</summary>
    public AtfLevel Assigned { get; }

    /// <summary>The highest level that demotions leave; L4 for none.</summary>
    public AtfLevel Ceiling { get; }

    /// <summary>The level that counts on a day, in UTC: a promotion counts from its own day on, a test for as long as the profile says.
    /// </summary>
    public AtfLevel On(DateOnly day)
    {
        var level = Backed(day);
        return level < Ceiling ? level : Ceiling;
    }

    /// <summary>
    /// What the first level that isn't backed on a day lacks, such as <c>capabilities</c> or <c>promotion</c>; null where nothing is
    /// lacking.
    /// </summary>
    public string? LacksOn(DateOnly day)
    {
        var backed = Backed(day);
        return backed >= Assigned ? null
            : (int)backed == _from.Length ? _lacks
            : _from[(int)backed] > day ? "promotion"
            : Vocabulary.Requirement.Text(Unshown(backed + 1, day));
    }

    /// <summary>Whether a later day can give another level, or another answer of what is on record.</summary>
    public bool ChangesAfter(DateOnly day)
    {
        foreach (var from in _from)
        {
            if (from > day)
            {
                return true;
            }
        }

        return _evidence.ChangesAfter(_profile.Ages, day);
    }

    public static LevelBacking Compute(Agent agent, Profile profile, AgentEvidence evidence)
    {
        var from = new List<DateOnly>();
        string? lacks = null;
        for (var level = AtfLevel.L1; level <= agent.Level && lacks is null; level++)
        {
            lacks =
                Missing(agent, profile, level) ?? (SignedFrom(agent, profile, level) is { } day && Keep(from, day) ? null : "promotion");
        }

        var triggered = profile.Demotions.Concat(agent.Demote is { } own ? [own] : []).Where(evidence.Triggers);
        var ceiling = triggered.Select(d => d.To).DefaultIfEmpty(AtfLevel.L4).Min();
        return new LevelBacking(agent.Level, [.. from], ceiling, lacks, profile, evidence);
    }

    private AtfLevel Backed(DateOnly day)
    {
        var level = AtfLevel.Unassigned;
        while ((int)level < _from.Length && _from[(int)level] <= day && Unshown(level + 1, day) == LevelRequirement.None)
        {
            level++;
        }

        return level;
    }

    /// <summary>What the level asks to have been shown and isn't on a day; none for nothing.</summary>
    private LevelRequirement Unshown(AtfLevel level, DateOnly day)
    {
        if (_profile.Demands(LevelRequirement.Playbooks, level) && !IsShown(LevelRequirement.Playbooks, _profile, _evidence, day))
        {
            return LevelRequirement.Playbooks;
        }

        return _profile.Demands(LevelRequirement.RedTeam, level) && !IsShown(LevelRequirement.RedTeam, _profile, _evidence, day)
            ? LevelRequirement.RedTeam
            : LevelRequirement.None;
    }

    /// <summary>The first requirement of the level that isn't met by the agent's document; null for none.</summary>
    private static string? Missing(Agent agent, Profile profile, AtfLevel level)
    {
        foreach (var requirement in Vocabulary.Requirement.Values)
        {
            if (profile.Demands(requirement, level) && !IsDeclared(requirement, agent))
            {
                return Vocabulary.Requirement.Text(requirement);
            }
        }

        return null;
    }

    /// <summary>Whether an agent has on a day what a profile can ask of it.</summary>
    public static bool IsMet(LevelRequirement requirement, Agent agent, Profile profile, AgentEvidence evidence, DateOnly day) =>
        IsDeclared(requirement, agent) && IsShown(requirement, profile, evidence, day);

    private static bool IsDeclared(LevelRequirement requirement, Agent agent) =>
        requirement switch
        {
            LevelRequirement.Purpose => agent.Purpose.Length > 0,
            LevelRequirement.Capabilities => agent.Capabilities is not null,
            LevelRequirement.Rate => agent.Limits.Rate is not null, // Of its own: who demands one wants it thought about.
            LevelRequirement.Transaction => true, // Asked of each action.
            LevelRequirement.Cumulative => agent.Cumulative is not null,
            LevelRequirement.Playbooks or LevelRequirement.RedTeam => true, // Asked of each day.
            LevelRequirement.None => false,
        };

    private static bool IsShown(LevelRequirement requirement, Profile profile, AgentEvidence evidence, DateOnly day) =>
        requirement switch
        {
            LevelRequirement.Playbooks => AgentEvidence.Missing(AgentEvidence.Rehearsed(evidence.Playbooks, profile.Ages, day))
                == IncidentScenario.Unspecified,
            LevelRequirement.RedTeam => AgentEvidence.PassedTest(evidence.Tests, profile.Ages, day) is not null,
            LevelRequirement.Purpose or LevelRequirement.Capabilities or LevelRequirement.Rate => true,
            LevelRequirement.Transaction or LevelRequirement.Cumulative => true,
            LevelRequirement.None => false,
        };

    /// <summary>
    /// Whether enough people signed a promotion. Where the profile wants them independent, the agent's own owners don't count: who answers
    /// for an agent must not be who lets it go further.
    /// </summary>
    public static bool IsSigned(Promotion promotion, Agent agent, Profile profile)
    {
        var counted = promotion.SignedBy.Count;
        if (profile.IndependentFrom <= promotion.To)
        {
            counted = promotion.SignedBy.Select(PersonName.Of).Distinct(StringComparer.Ordinal).Count(name => !agent.IsOwnedBy(name));
        }

        return counted >= profile.SignOffs[(int)promotion.To - 1];
    }

    /// <summary>From when on enough people had signed for the level; null for never.</summary>
    private static DateOnly? SignedFrom(Agent agent, Profile profile, AtfLevel level)
    {
        var needed = profile.SignOffs[(int)level - 1];
        return level == AtfLevel.L1 || needed == 0
            ? DateOnly.MinValue
            : agent.Promotions.Where(p => p.To == level && IsSigned(p, agent, profile)).Select(p => (DateOnly?)p.On).Min();
    }

    private static bool Keep(List<DateOnly> from, DateOnly day)
    {
        from.Add(day);
        return true;
    }
}
