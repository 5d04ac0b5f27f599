namespace Gateway.Cel.Syntax;

/// <summary>The body over the value of an optional, if it has one. Flat, the body gives an optional itself (<c>optFlatMap</c>).</summary>
internal sealed record OptionalMapExpr(TextRange Range, Expr Target, string Name, Expr Body, bool IsFlat, int Place = 0) : Expr(Range);
