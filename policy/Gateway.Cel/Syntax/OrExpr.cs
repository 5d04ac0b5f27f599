namespace Gateway.Cel.Syntax;

/// <summary>One of these holds. One that is true decides, even where another is an error.</summary>
internal sealed record OrExpr(TextRange Range, IReadOnlyList<Expr> Terms) : Expr(Range);
