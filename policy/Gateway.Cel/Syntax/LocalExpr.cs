namespace Gateway.Cel.Syntax;

/// <summary>A variable of a macro; the name for the tree walker, the place for the compiled form.</summary>
internal sealed record LocalExpr(TextRange Range, string Name, int Place) : Expr(Range);
