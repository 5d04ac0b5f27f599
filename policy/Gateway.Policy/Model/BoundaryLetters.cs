namespace Gateway.Policy.Model;

/// <summary>Reads a boundary from rows of letters, four levels a row and four risk tiers a level. What has no row is blocked.</summary>
internal static class BoundaryLetters
{
    public static BoundaryTable Read((ActionType Action, TargetScope Scope, string L1, string L2, string L3, string L4)[] rows)
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
}
