namespace Gateway.Cel.Syntax;

/// <summary>The macros as the documentation lists them.</summary>
internal static class MacroTable
{
    public static IReadOnlyList<(string Form, string Meaning)> All { get; } =
    [
        ("has(a.b)", "the field is there"),
        ("e.all(x, p)", "p holds for every element or key"),
        ("e.exists(x, p)", "p holds for an element or key"),
        ("e.exists_one(x, p), e.existsOne(x, p)", "p holds for exactly one"),
        ("e.filter(x, p)", "the elements or keys for which p holds"),
        ("e.map(x, t)", "t of each element or key"),
        ("e.map(x, p, t)", "t of each for which p holds"),
        ("e.all(i, v, p), e.exists(i, v, p), e.existsOne(i, v, p)", "the same over index and element, or key and value"),
        ("e.transformList(i, v, t), e.transformList(i, v, p, t)", "a list of t"),
        ("e.transformMap(i, v, t), e.transformMap(i, v, p, t)", "a map from each key or index to t"),
        ("e.transformMapEntry(i, v, t), e.transformMapEntry(i, v, p, t)", "a map of the entries that t gives"),
        ("e.sortBy(x, t)", "the list in the order of t"),
        ("o.optMap(x, t)", "t of an optional's value, as an optional"),
        ("o.optFlatMap(x, t)", "the same, where t is an optional itself"),
        ("cel.bind(x, value, t)", "t, in which x is a name for the value"),
    ];
}
