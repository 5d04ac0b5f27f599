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
        var rows = spec.Sections("boundary", BoundaryRow.Read, least: 0, MaxRows);
        var table = new BoundaryTable(cell => EffectIn(rows, cell) ?? from[cell]);
        CheckOrder(spec, table);
        return table;
    }

    private static BoundaryEffect? EffectIn(IReadOnlyList<BoundaryRow> rows, BoundaryCell cell)
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

    /// <summary>A cell in words, for an error.</summary>
    public static string Text(BoundaryCell cell) =>
        $"{Vocabulary.Level.Text(cell.Level)} {Vocabulary.Action.Text(cell.Action)} "
        + $"{Vocabulary.Risk.Text(cell.Tier)} {Vocabulary.Scope.Text(cell.Scope)}";
}
