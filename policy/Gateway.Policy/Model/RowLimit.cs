using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>The most items that one array of an answer may have.</summary>
/// <param name="At">Null for the answer itself.</param>
/// <param name="Rows">At least 1.</param>
public sealed record RowLimit(ArgumentPointer? At, int Rows)
{
    /// <summary>Of two limits of one array the smaller counts; limits of other arrays stand beside each other.</summary>
    public static TermSet<RowLimit> Merge(TermSet<RowLimit> one, TermSet<RowLimit> other) =>
        other.Count == 0 || one.Equals(other) ? one
        : one.Count == 0 ? other
        : TermSet<RowLimit>.Of(one.Concat(other).GroupBy(limit => limit.At).Select(same => same.MinBy(limit => limit.Rows)!));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At?.Text}:{Rows}");
}
