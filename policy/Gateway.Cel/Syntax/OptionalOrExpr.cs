using Gateway.Cel.Library;

namespace Gateway.Cel.Syntax;

/// <summary><c>a.or(b)</c> and <c>a.orValue(b)</c>: the alternative is evaluated only where <c>a</c> has no value.</summary>
internal sealed record OptionalOrExpr(TextRange Range, OverloadSet Function, Expr Target, Expr Alternative) : Expr(Range);
