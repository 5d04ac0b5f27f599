using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>Which tools a model call may not offer to the model. Immutable.</summary>
/// <param name="Names">Names of functions or types of hosted tools; empty for every tool.</param>
public sealed record ToolStrip(TermSet<string> Names)
{
    public static ToolStrip Everything { get; } = new(TermSet<string>.Empty);

    public bool All => Names.Count == 0;

    /// <summary>The tools that either strips; null where neither strips any.</summary>
    public static ToolStrip? Merge(ToolStrip? one, ToolStrip? other) =>
        one is null || other is null ? one ?? other
        : one.All || other.All ? Everything
        : new ToolStrip(one.Names.Union(other.Names));

    public bool Strips(ReadOnlySpan<char> name) => All || Names.Contains(name);
}

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
