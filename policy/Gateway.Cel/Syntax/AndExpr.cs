namespace Gateway.Cel.Syntax;

/// <summary>All of these hold. One that is false decides, even where another is an error.</summary>
internal sealed record AndExpr(TextRange Range, IReadOnlyList<Expr> Terms) : Expr(Range);
