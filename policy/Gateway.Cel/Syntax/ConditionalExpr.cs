namespace Gateway.Cel.Syntax;

/// <summary>The condition chooses which of the two is evaluated.</summary>
internal sealed record ConditionalExpr(TextRange Range, Expr Condition, Expr WhenTrue, Expr WhenFalse) : Expr(Range);
