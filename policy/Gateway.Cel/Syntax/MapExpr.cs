namespace Gateway.Cel.Syntax;

/// <summary>A map literal.</summary>
internal sealed record MapExpr(TextRange Range, IReadOnlyList<MapEntry> Entries) : Expr(Range);
