using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>Turns the calls that are macros into nodes of their own, because they bind names. Everything else stays a call.</summary>
internal static class Macros
{
    /// <summary>The macros as the documentation lists them.</summary>
    public static IReadOnlyList<(string Form, string Meaning)> Table { get; } =
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

    /// <exception cref="SyntaxException">A macro is used in a way that it doesn't have.</exception>
    public static Expr Expand(CallExpr call) =>
        call switch
        {
            { Target: null, Function: "has", Arguments: [var argument] } => Has(call, argument),
            { Target: NameExpr { Name: "cel", IsRooted: false }, Function: "bind", Arguments: [var name, var value, var body] } =>
                new BindExpr(call.Range, Name(name), value, body),
            { Target: { } target, Function: "optMap" or "optFlatMap", Arguments: [var name, var body] } => new OptionalMapExpr(
                call.Range,
                target,
                Name(name),
                body,
                call.Function == "optFlatMap"
            ),
            { Target: { } target, Function: "sortBy", Arguments: [var name, var key] } => SortBy(call, target, name, key),
            { Target: { } target } => (Expr?)Comprehension(call, target) ?? call,
            _ => call,
        };

    private static Expr Has(CallExpr call, Expr argument) =>
        argument is SelectExpr { IsTest: false } select
            ? select with
            {
                Range = call.Range,
                IsTest = true,
            }
            : throw Wrong(call, "has() takes a field: has(a.b)");

    private static ComprehensionExpr? Comprehension(CallExpr call, Expr source)
    {
        ComprehensionExpr Over(ComprehensionKind kind, Expr name, Expr? second, Expr? filter, Expr body) =>
            new(call.Range, kind, source, Name(name), second is null ? null : Second(name, second), filter, body);

        return (call.Function, call.Arguments) switch
        {
            ("all", [var x, var p]) => Over(ComprehensionKind.All, x, null, null, p),
            ("all", [var x, var y, var p]) => Over(ComprehensionKind.All, x, y, null, p),
            ("exists", [var x, var p]) => Over(ComprehensionKind.Exists, x, null, null, p),
            ("exists", [var x, var y, var p]) => Over(ComprehensionKind.Exists, x, y, null, p),
            ("exists_one" or "existsOne", [var x, var p]) => Over(ComprehensionKind.ExistsOne, x, null, null, p),
            ("exists_one" or "existsOne", [var x, var y, var p]) => Over(ComprehensionKind.ExistsOne, x, y, null, p),
            ("filter", [var x, var p]) => Over(ComprehensionKind.List, x, null, p, x),
            ("map", [var x, var t]) => Over(ComprehensionKind.List, x, null, null, t),
            ("map", [var x, var p, var t]) => Over(ComprehensionKind.List, x, null, p, t),
            ("transformList", [var x, var y, var t]) => Over(ComprehensionKind.List, x, y, null, t),
            ("transformList", [var x, var y, var p, var t]) => Over(ComprehensionKind.List, x, y, p, t),
            ("transformMap", [var x, var y, var t]) => Over(ComprehensionKind.Map, x, y, null, t),
            ("transformMap", [var x, var y, var p, var t]) => Over(ComprehensionKind.Map, x, y, p, t),
            ("transformMapEntry", [var x, var y, var t]) => Over(ComprehensionKind.MapEntries, x, y, null, t),
            ("transformMapEntry", [var x, var y, var p, var t]) => Over(ComprehensionKind.MapEntries, x, y, p, t),
            _ => null,
        };
    }

    /// <summary>The list beside the list of its keys, which a function then sorts by.</summary>
    private static BindExpr SortBy(CallExpr call, Expr target, Expr name, Expr key)
    {
        // No name that can be written, so that the body can't mean it.
        const string Sorted = "@sorted";
        var list = new NameExpr(target.Range, Sorted, false);
        var keys = new ComprehensionExpr(key.Range, ComprehensionKind.List, list, Name(name), null, null, key);
        return new BindExpr(call.Range, Sorted, target, new CallExpr(call.Range, SortFunction, list, [keys]));
    }

    /// <summary>What <c>sortBy</c> becomes: a function of the list and of the list of its keys.</summary>
    public const string SortFunction = "@sortByKeys";

    private static string Name(Expr expr) =>
        expr is NameExpr { IsRooted: false } name ? name.Name : throw Wrong(expr, "a macro's variable is a plain name");

    private static string Second(Expr first, Expr second) =>
        Name(first) != Name(second) ? Name(second) : throw Wrong(second, "the two variables of a macro need different names");

    private static SyntaxException Wrong(Expr expr, string message) => new(CelErrorKind.Syntax, expr.Range, message);
}
