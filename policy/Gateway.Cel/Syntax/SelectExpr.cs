namespace Gateway.Cel.Syntax;

/// <summary>A field of a map: <c>a.b</c>; optional, <c>a.?b</c>; or only whether it is there, <c>has(a.b)</c>.</summary>
internal sealed record SelectExpr(TextRange Range, Expr Operand, string Field, bool IsOptional, bool IsTest) : Expr(Range);
