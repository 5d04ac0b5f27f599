namespace Gateway.Policy.Model;

/// <summary>The boundaries of the profiles that ship.</summary>
/// <remarks>
/// One letter for each risk tier, low to critical: <c>a</c> allow, <c>g</c> an approval (a gate), <c>b</c> block. From left to right no
/// letter gets laxer, and from a level to the next none gets stricter.
/// </remarks>
internal static class BuiltInBoundaries
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

    public static BoundaryTable Gamut { get; } = BoundaryLetters.Read(GamutRows);

    public static BoundaryTable AtfStrict { get; } = BoundaryLetters.Read(AtfStrictRows);
}
