namespace Gateway.Policy.Model;

/// <summary>The two profiles that ship. Data, so that they can be read, published and tested as a whole.</summary>
public static class BuiltInProfiles
{
    /// <summary>What counts where nobody says otherwise, and what no other profile may be laxer than.</summary>
    public static Profile Gamut { get; } =
        new()
        {
            Id = Id<Profile>.Parse("gamut"),
            Boundary = BuiltInBoundaries.Gamut,
            BearerUpTo = AtfLevel.L2,
            Binds = new Dictionary<LevelRequirement, AtfLevel>(),
            SignOffs = [0, 0, 0, 0],
            TokenLifetimes = Seconds(60, 120, 300, 300),
            Ages = EvidenceAges.ForEver,
        };

    /// <summary>
    /// The Agentic Trust Framework 0.9.1. A requirement binds from the level at which the framework's CONFORMANCE.md says MUST; playbooks
    /// and red-team tests from where its MATURITY_MODEL.md asks for incident procedures and a penetration test; a critical incident makes
    /// an intern. Who signs for L3 and L4 doesn't own the agent: an owner's word for one's own agent is no second look. How old a test may
    /// be the framework doesn't say: a year, as its audits are yearly elsewhere (ISO/IEC 27001, SOC 2).
    /// </summary>
    public static Profile AtfStrict { get; } =
        new()
        {
            Id = Id<Profile>.Parse("atf-strict"),
            Boundary = BuiltInBoundaries.AtfStrict,
            BearerUpTo = AtfLevel.L1,
            Binds = new Dictionary<LevelRequirement, AtfLevel>
            {
                [LevelRequirement.Purpose] = AtfLevel.L1,
                [LevelRequirement.Capabilities] = AtfLevel.L3,
                [LevelRequirement.Rate] = AtfLevel.L2,
                [LevelRequirement.Transaction] = AtfLevel.L3,
                [LevelRequirement.Cumulative] = AtfLevel.L3,
                [LevelRequirement.Playbooks] = AtfLevel.L1,
                [LevelRequirement.RedTeam] = AtfLevel.L3,
            },
            SignOffs = [0, 2, 2, 2],
            IndependentFrom = AtfLevel.L3,
            TokenLifetimes = Seconds(30, 60, 120, 300),
            Ages = new EvidenceAges(RedTeam: 365, Playbooks: 365),
            DataDeclared = true,
            Demotions = [new Demotion(DemotionTriggers.OpenCriticalFinding, AtfLevel.L1, 1)],
            NotifiesFrom = AtfLevel.L3,
        };

    public static IReadOnlyList<Profile> All { get; } = [Gamut, AtfStrict];

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
