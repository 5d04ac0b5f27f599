namespace Gateway.Cel.Syntax;

/// <summary>A list literal.</summary>
internal sealed record ListExpr(TextRange Range, IReadOnlyList<ListItem> Items) : Expr(Range);
