namespace Gateway.Cel.Syntax;

/// <summary>A call or an operator. <see cref="Target"/> is what stands before the point; null for a global call.</summary>
internal sealed record CallExpr(TextRange Range, string Function, Expr? Target, IReadOnlyList<Expr> Arguments) : Expr(Range);
