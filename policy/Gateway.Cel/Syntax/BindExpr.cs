namespace Gateway.Cel.Syntax;

/// <summary>
/// A value under a name: <c>cel.bind(name, value, body)</c>. An error stays with the name and counts only where it is read.
/// </summary>
internal sealed record BindExpr(TextRange Range, string Name, Expr Value, Expr Body, int Place = 0) : Expr(Range);
