using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>Turns the calls that are macros into nodes of their own, because they bind names. Everything else stays a call.</summary>
internal static class Macros
{
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
            { Target: { } target } => (Expr?)ComprehensionMacros.Expand(call, target) ?? call,
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

    public static string Name(Expr expr) =>
        expr is NameExpr { IsRooted: false } name ? name.Name : throw Wrong(expr, "a macro's variable is a plain name");

    public static SyntaxException Wrong(Expr expr, string message) => new(CelErrorKind.Syntax, expr.Range, message);
}
