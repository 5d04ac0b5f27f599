using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>
/// A node of an expression. The parser makes names, selections and calls; the checker replaces what it has resolved by nodes of its own, so
/// that a checked tree has no <see cref="NameExpr"/> and no <see cref="CallExpr"/>. Immutable.
/// </summary>
internal abstract record Expr(TextRange Range);

/// <summary>A value written in the expression, or the name of a type.</summary>
internal sealed record LiteralExpr(TextRange Range, CelValue Value) : Expr(Range);

/// <summary>A name. Rooted, with a leading point, it means no variable of a macro and nothing of the container.</summary>
internal sealed record NameExpr(TextRange Range, string Name, bool IsRooted) : Expr(Range);

/// <summary>A field of a map: <c>a.b</c>; optional, <c>a.?b</c>; or only whether it is there, <c>has(a.b)</c>.</summary>
internal sealed record SelectExpr(TextRange Range, Expr Operand, string Field, bool IsOptional, bool IsTest) : Expr(Range);

/// <summary>A call or an operator. <see cref="Target"/> is what stands before the point; null for a global call.</summary>
internal sealed record CallExpr(TextRange Range, string Function, Expr? Target, IReadOnlyList<Expr> Arguments) : Expr(Range);

/// <summary>All of these hold. One that is false decides, even where another is an error.</summary>
internal sealed record AndExpr(TextRange Range, IReadOnlyList<Expr> Terms) : Expr(Range);

/// <summary>One of these holds. One that is true decides, even where another is an error.</summary>
internal sealed record OrExpr(TextRange Range, IReadOnlyList<Expr> Terms) : Expr(Range);

/// <summary>The condition chooses which of the two is evaluated.</summary>
internal sealed record ConditionalExpr(TextRange Range, Expr Condition, Expr WhenTrue, Expr WhenFalse) : Expr(Range);

/// <summary>A list literal.</summary>
internal sealed record ListExpr(TextRange Range, IReadOnlyList<ListItem> Items) : Expr(Range)
{
    /// <summary>
    /// The list itself where every element is a literal, and null otherwise. It is made when the expression is compiled, and so costs no
    /// steps.
    /// </summary>
    public ArrayList? ToConstant() =>
        Items.All(item => item is { IsOptional: false, Value: LiteralExpr })
            ? new ArrayList([.. Items.Select(item => ((LiteralExpr)item.Value).Value)])
            : null;
}

/// <summary>An element of a list literal. An optional one, <c>?e</c>, is left out where it has no value.</summary>
internal sealed record ListItem(Expr Value, bool IsOptional);

/// <summary>A map literal.</summary>
internal sealed record MapExpr(TextRange Range, IReadOnlyList<MapEntry> Entries) : Expr(Range);

/// <summary>An entry of a map literal. An optional one, <c>?k: v</c>, is left out where it has no value.</summary>
internal sealed record MapEntry(Expr Key, Expr Value, bool IsOptional);
