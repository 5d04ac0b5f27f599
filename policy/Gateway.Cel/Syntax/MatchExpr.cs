using Gateway.Cel.Library;

namespace Gateway.Cel.Syntax;

/// <summary>A text against a pattern that is written in the expression, and so is compiled once.</summary>
internal sealed record MatchExpr(TextRange Range, Expr Operand, TextPattern Pattern) : Expr(Range);
