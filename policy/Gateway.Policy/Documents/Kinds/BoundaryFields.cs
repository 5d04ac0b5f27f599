using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads a profile's <c>boundary</c>: rows that each set some cells of the table. Where two rows meet, the stricter counts.
/// </summary>
internal static class BoundaryFields
{
    private const int MaxRows = 500;

    public static BoundaryTable Read(MappingReader spec, BoundaryTable from)
    {
        var rows = spec.Sections("boundary", ReadRow, least: 0, MaxRows);
        var table = new BoundaryTable(cell => EffectIn(rows, cell) ?? from[cell]);
        CheckOrder(spec, table);
        return table;
    }

    private static BoundaryEffect? EffectIn(IReadOnlyList<Row> rows, BoundaryCell cell)
    {
        BoundaryEffect? strictest = null;
        foreach (var row in rows)
        {
            if (row.Has(cell) && (strictest is null || row.Effect < strictest))
            {
                strictest = row.Effect;
            }
        }

        return strictest;
    }

    private static Row ReadRow(MappingReader section)
    {
        var row = new Row(
            section.List("actions", Vocabulary.Action.Format, Vocabulary.Action.Values, least: 1),
            section.List("targets", Vocabulary.Scope.Format, Vocabulary.Scope.Values, least: 1),
            section.List("risks", Vocabulary.Risk.Format, Vocabulary.Risk.Values, least: 1),
            section.List("levels", Vocabulary.Level.Format, Vocabulary.Level.Values, least: 1),
            section.Required("effect", Vocabulary.Effect.Format)
        );
        foreach (var cell in BoundaryTable.Cells)
        {
            if (row.Has(cell) && row.Effect > BuiltInProfiles.Gamut.Boundary[cell])
            {
                section.Fail(
                    "effect",
                    $"For {Text(cell)} it is laxer than the profile 'gamut', "
                        + $"which has '{Vocabulary.Effect.Text(BuiltInProfiles.Gamut.Boundary[cell])}'.",
                    "Narrow the row, or make it as strict."
                );
                break; // One is enough to find the mistake.
            }
        }

        return row;
    }

    /// <summary>A table in which less trust or more risk lets more through would make a demotion a promotion.</summary>
    private static void CheckOrder(MappingReader spec, BoundaryTable table)
    {
        foreach (var cell in BoundaryTable.Cells)
        {
            var laxer =
                cell.Level > AtfLevel.L1 && table[cell with { Level = cell.Level - 1 }] > table[cell] ? "a lower level"
                : cell.Tier < RiskTier.Critical && table[cell with { Tier = cell.Tier + 1 }] > table[cell] ? "a higher risk"
                : cell.Scope == TargetScope.Internal && table[cell with { Scope = TargetScope.External }] > table[cell]
                    ? "an external target"
                : null;
            if (laxer is not null)
            {
                spec.Fail("boundary", $"It is stricter for {Text(cell)} than for {laxer} of the same action.", $"Make {laxer} as strict.");
                return;
            }
        }
    }

    private static string Text(BoundaryCell cell) =>
        $"{Vocabulary.Level.Text(cell.Level)} {Vocabulary.Action.Text(cell.Action)} "
        + $"{Vocabulary.Risk.Text(cell.Tier)} {Vocabulary.Scope.Text(cell.Scope)}";

    private sealed record Row(
        IReadOnlyList<ActionType> Actions,
        IReadOnlyList<TargetScope> Scopes,
        IReadOnlyList<RiskTier> Tiers,
        IReadOnlyList<AtfLevel> Levels,
        BoundaryEffect Effect
    )
    {
        public bool Has(BoundaryCell cell) =>
            Actions.Contains(cell.Action) && Scopes.Contains(cell.Scope) && Tiers.Contains(cell.Tier) && Levels.Contains(cell.Level);
    }
}
