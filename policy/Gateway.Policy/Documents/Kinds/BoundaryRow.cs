using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>A row of a profile's <c>boundary</c>: the cells that it sets, and to what.</summary>
internal sealed record BoundaryRow(
    IReadOnlyList<ActionType> Actions,
    IReadOnlyList<TargetScope> Scopes,
    IReadOnlyList<RiskTier> Tiers,
    IReadOnlyList<AtfLevel> Levels,
    BoundaryEffect Effect
)
{
    public static BoundaryRow Read(MappingReader section)
    {
        var row = new BoundaryRow(
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
                    $"For {BoundaryFields.Text(cell)} it is laxer than the profile 'gamut', "
                        + $"which has '{Vocabulary.Effect.Text(BuiltInProfiles.Gamut.Boundary[cell])}'.",
                    "Narrow the row, or make it as strict."
                );
                break; // One is enough to find the mistake.
            }
        }

        return row;
    }

    public bool Has(BoundaryCell cell) =>
        Actions.Contains(cell.Action) && Scopes.Contains(cell.Scope) && Tiers.Contains(cell.Tier) && Levels.Contains(cell.Level);
}
