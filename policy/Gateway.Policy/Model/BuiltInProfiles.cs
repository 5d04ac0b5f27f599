namespace Gateway.Policy.Model;

/// <summary>The two profiles that ship. Data, so that they can be read, published and tested as a whole.</summary>
/// <remarks>
/// One letter for each risk tier, low to critical: <c>a</c> allow, <c>g</c> an approval (a gate), <c>b</c> block. From left to right no
/// letter gets laxer, and from a level to the next none gets stricter.
/// </remarks>
public static class BuiltInProfiles
{
    private static readonly (ActionType Action, TargetScope Scope, string L1, string L2, string L3, string L4)[] GamutRows =
    [
        //                                                L1      L2      L3      L4
        (ActionType.Read, TargetScope.Internal, "aagb", "aaag", "aaag", "aaag"),
        (ActionType.Read, TargetScope.External, "aabb", "aagg", "aagg", "aaag"),
        (ActionType.Write, TargetScope.Internal, "bbbb", "aagg", "aaag", "aaag"),
        (ActionType.Write, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.External, TargetScope.Internal, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.External, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Financial, TargetScope.Internal, "bbbb", "gggg", "gggg", "aaag"),
        (ActionType.Financial, TargetScope.External, "bbbb", "gggg", "gggg", "aaag"),
        (ActionType.Code, TargetScope.Internal, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Code, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Delete, TargetScope.Internal, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Delete, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Admin, TargetScope.Internal, "bbbb", "bbbb", "gggg", "aagg"),
        (ActionType.Admin, TargetScope.External, "bbbb", "bbbb", "gggg", "aagg"),
    ];

    // The framework's maturity model: an intern reads, a junior executes nothing without approval, a senior acts within guard rails and
    // people are told, a principal is autonomous in its domain. No level changes permissions or governance by itself (admin).
    private static readonly (ActionType Action, TargetScope Scope, string L1, string L2, string L3, string L4)[] AtfStrictRows =
    [
        //                                                L1      L2      L3      L4
        (ActionType.Read, TargetScope.Internal, "aagb", "aaag", "aaag", "aaag"),
        (ActionType.Read, TargetScope.External, "aabb", "aagg", "aagg", "aaag"),
        (ActionType.Write, TargetScope.Internal, "bbbb", "gggg", "aaag", "aaag"),
        (ActionType.Write, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.External, TargetScope.Internal, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.External, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Financial, TargetScope.Internal, "bbbb", "gggg", "gggg", "aaag"),
        (ActionType.Financial, TargetScope.External, "bbbb", "gggg", "gggg", "aaag"),
        (ActionType.Code, TargetScope.Internal, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Code, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Delete, TargetScope.Internal, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Delete, TargetScope.External, "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Admin, TargetScope.Internal, "bbbb", "bbbb", "bbbb", "gggg"),
        (ActionType.Admin, TargetScope.External, "bbbb", "bbbb", "bbbb", "gggg"),
    ];

    /// <summary>What counts where nobody says otherwise, and what no other profile may be laxer than.</summary>
    public static Profile Gamut { get; } =
        new()
        {
            Id = Id<Profile>.Parse("gamut"),
            Boundary = Read(GamutRows),
            BearerUpTo = AtfLevel.L2,
            Binds = new Dictionary<LevelRequirement, AtfLevel>(),
            SignOffs = [0, 0, 0, 0],
            TokenLifetimes = Seconds(60, 120, 300, 300),
        };

    /// <summary>
    /// The Agentic Trust Framework 0.9.1. A requirement binds from the level at which the framework's CONFORMANCE.md says MUST; playbooks
    /// and red-team tests from where its MATURITY_MODEL.md asks for incident procedures and a penetration test; a critical incident makes
    /// an intern.
    /// </summary>
    public static Profile AtfStrict { get; } =
        new()
        {
            Id = Id<Profile>.Parse("atf-strict"),
            Boundary = Read(AtfStrictRows),
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
            TokenLifetimes = Seconds(30, 60, 120, 300),
            Demotions = [new Demotion(DemotionTriggers.OpenCriticalFinding, AtfLevel.L1, 1)],
            NotifiesFrom = AtfLevel.L3,
        };

    public static IReadOnlyList<Profile> All { get; } = [Gamut, AtfStrict];

    private static BoundaryTable Read((ActionType Action, TargetScope Scope, string L1, string L2, string L3, string L4)[] rows)
    {
        var letters = rows.ToDictionary(row => (row.Action, row.Scope), row => (string[])[row.L1, row.L2, row.L3, row.L4]);
        return new BoundaryTable(cell =>
            letters.TryGetValue((cell.Action, cell.Scope), out var levels)
                ? Effect(levels[(int)cell.Level - 1][(int)cell.Tier - 1])
                : BoundaryEffect.Block
        );
    }

    private static BoundaryEffect Effect(char letter) =>
        letter switch
        {
            'a' => BoundaryEffect.Allow,
            'g' => BoundaryEffect.RequireApproval,
            _ => BoundaryEffect.Block,
        };

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
