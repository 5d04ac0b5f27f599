namespace Gateway.Policy.Model;

/// <summary>What must not be in a body: it is replaced by a marker. Immutable.</summary>
/// <param name="Patterns">Found in every string, wherever it stands.</param>
/// <param name="Fields">Replaced whole, whatever is there. A step <c>*</c> is every member or item.</param>
public sealed record RedactionTerms(RedactionPatterns Patterns, TermSet<ArgumentPointer> Fields)
{
    /// <summary>What either wants gone; null where both want nothing.</summary>
    public static RedactionTerms? Merge(RedactionTerms? one, RedactionTerms? other) =>
        one is null || other is null ? one ?? other : new RedactionTerms(one.Patterns | other.Patterns, one.Fields.Union(other.Fields));
}
