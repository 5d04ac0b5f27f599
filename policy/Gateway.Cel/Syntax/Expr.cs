namespace Gateway.Cel.Syntax;

/// <summary>
/// A node of an expression. The parser makes names, selections and calls; the checker replaces what it has resolved, so that a checked tree
/// has no <see cref="NameExpr"/> and no <see cref="CallExpr"/>. Immutable.
/// </summary>
internal abstract record Expr(TextRange Range);
