using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>A value written in the expression, or the name of a type.</summary>
internal sealed record LiteralExpr(TextRange Range, CelValue Value) : Expr(Range);
