namespace Gateway.Cel.Syntax;

/// <summary>The macros that go over a list or a map, by their names and what they take.</summary>
internal static class ComprehensionMacros
{
    /// <summary>Null for a call that is none of them.</summary>
    public static ComprehensionExpr? Expand(CallExpr call, Expr source)
    {
        ComprehensionExpr Over(ComprehensionKind kind, Expr name, Expr? second, Expr? filter, Expr body) =>
            new(call.Range, kind, source, Macros.Name(name), second is null ? null : Second(name, second), filter, body);

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

    private static string Second(Expr first, Expr second) =>
        Macros.Name(first) != Macros.Name(second)
            ? Macros.Name(second)
            : throw Macros.Wrong(second, "the two variables of a macro need different names");
}
