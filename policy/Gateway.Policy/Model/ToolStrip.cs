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
