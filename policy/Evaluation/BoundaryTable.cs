using System.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The profile <c>gamut</c>: what each ATF level may do by itself, for every action type, target scope and risk tier. Data, so that it can be
/// read, published and tested as a whole. Whatever isn't in it is blocked.
/// </summary>
/// <remarks>
/// One letter for each risk tier, low to critical: <c>a</c> allow, <c>g</c> an approval (a gate), <c>b</c> block. From left to right no
/// letter gets laxer, and from a level to the next none gets stricter.
/// </remarks>
internal static class BoundaryTable
{
    private static readonly (ActionType Action, TargetScope Scope, string L1, string L2, string L3, string L4)[] Rows =
    [
        //                                                L1      L2      L3      L4
        (ActionType.Read,      TargetScope.Internal,     "aagb", "aaag", "aaag", "aaag"),
        (ActionType.Read,      TargetScope.External,     "aabb", "aagg", "aagg", "aaag"),
        (ActionType.Write,     TargetScope.Internal,     "bbbb", "aagg", "aaag", "aaag"),
        (ActionType.Write,     TargetScope.External,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.External,  TargetScope.Internal,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.External,  TargetScope.External,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Financial, TargetScope.Internal,     "bbbb", "gggg", "gggg", "aaag"),
        (ActionType.Financial, TargetScope.External,     "bbbb", "gggg", "gggg", "aaag"),
        (ActionType.Code,      TargetScope.Internal,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Code,      TargetScope.External,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Delete,    TargetScope.Internal,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Delete,    TargetScope.External,     "bbbb", "gggg", "aagg", "aaag"),
        (ActionType.Admin,     TargetScope.Internal,     "bbbb", "bbbb", "gggg", "aagg"),
        (ActionType.Admin,     TargetScope.External,     "bbbb", "bbbb", "gggg", "aagg"),
    ];

    private const int Actions = 8;
    private const int Scopes = 2;
    private const int Levels = 5;
    private const int Tiers = 5;

    private static readonly BoundaryEffect[] Effects = Spread();

    /// <summary>An unknown level, action or scope is blocked; an unset tier is judged as critical.</summary>
    public static BoundaryEffect Of(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope)
    {
        var known = (uint)level < Levels && (uint)action < Actions && (uint)scope < Scopes;
        return known ? Effects[Index(level, action, tier, scope)] : BoundaryEffect.Block;
    }

    /// <summary>The table as the documentation shows it.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("| action | target | risk | L1 | L2 | L3 | L4 |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var (action, scope, _, _, _, _) in Rows)
        {
            foreach (var tier in Vocabulary.Risk.Values)
            {
                text.Append(null, $"| {Vocabulary.Action.Text(action)} | {Vocabulary.Scope.Text(scope)} | {Vocabulary.Risk.Text(tier)} ");
                foreach (var level in Vocabulary.Level.Values)
                {
                    text.Append(null, $"| {Word(Of(level, action, tier, scope))} ");
                }

                text.Append("|\n");
            }
        }

        return text.ToString();
    }

    private static BoundaryEffect[] Spread()
    {
        var effects = new BoundaryEffect[Levels * Actions * Tiers * Scopes];
        foreach (var (action, scope, l1, l2, l3, l4) in Rows)
        {
            string[] levels = ["bbbb", l1, l2, l3, l4]; // Unassigned may do nothing.
            for (var level = 0; level < Levels; level++)
            {
                for (var tier = RiskTier.Low; tier <= RiskTier.Critical; tier++)
                {
                    effects[Index((AtfLevel)level, action, tier, scope)] = Read(levels[level][(int)tier - 1]);
                }
            }
        }

        return effects;
    }

    private static int Index(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope)
    {
        var known = tier is RiskTier.Low or RiskTier.Medium or RiskTier.High ? tier : RiskTier.Critical;
        return ((((int)level * Actions) + (int)action) * Tiers + (int)known) * Scopes + (int)scope;
    }

    private static BoundaryEffect Read(char letter) => letter switch
    {
        'a' => BoundaryEffect.Allow,
        'g' => BoundaryEffect.RequireApproval,
        _ => BoundaryEffect.Block,
    };

    private static string Word(BoundaryEffect effect) => effect switch
    {
        BoundaryEffect.Allow => "allow",
        BoundaryEffect.RequireApproval => "approval",
        BoundaryEffect.Block => "block",
    };
}
